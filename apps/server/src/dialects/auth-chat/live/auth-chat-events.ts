import { Injectable } from '@nestjs/common';
import { SendMessage } from '@app/messages';
import { InvalidInput } from '@app/platform';
import { ListOnline } from '@app/realtime';
import { findLinkedMedia } from '../../../transport/http/media-links';
import type { NamespaceConnection, NamespaceEvent } from '../../../transport/sockets/default-namespace';
import { parseRoomId } from '../http/room-id';
import { nameOf } from '../shapes/people';

/** Whether a connection still wants to be told in this dialect. */
type Listens = (connection: NamespaceConnection) => boolean;

/** The events that clients of this dialect send, and the use cases that they stand for. */
@Injectable()
export class AuthChatEvents {
  constructor(
    private readonly sendMessage: SendMessage,
    private readonly listOnline: ListOnline,
  ) {}

  table(listens: Listens): ReadonlyMap<string, NamespaceEvent> {
    return new Map<string, NamespaceEvent>([
      [
        'chat_message',
        { counts: 'messages', isOrderedAtOnce: true, run: (...given) => this.chatMessage(listens, ...given) },
      ],
      [
        'get_online_users',
        { counts: 'requests', isOrderedAtOnce: true, run: (...given) => this.onlineUsers(...given) },
      ],
    ]);
  }

  private async chatMessage(listens: Listens, connection: NamespaceConnection, payload: unknown): Promise<object> {
    const { room, message } = fieldsOf(payload);
    const chatId = requireRoom(room);
    if (typeof message !== 'string') throw invalid('message');
    await this.sendMessage.execute(connection.actor, {
      chatId,
      content: message,
      linkedMediaIds: findLinkedMedia(message),
      origin: connection.id,
    });
    const answer = { status: 'received', message };
    if (listens(connection)) connection.emit('chat_response', answer);
    return { ok: true, ...answer };
  }

  /** The acknowledgement gets the same list as the event. It is an answer: who asks gets it, whatever else it speaks. */
  private async onlineUsers(connection: NamespaceConnection, payload: unknown): Promise<readonly string[]> {
    const { room } = payload === undefined || payload === null ? {} : fieldsOf(payload);
    const chatId = room === undefined || room === null ? undefined : requireRoom(room);
    const people = await this.listOnline.execute(connection.actor, chatId);
    const names = people.map(nameOf).sort();
    connection.emit('online_users', names);
    return names;
  }
}

function fieldsOf(payload: unknown): Readonly<Record<string, unknown>> {
  if (typeof payload === 'object' && payload !== null) return payload as Record<string, unknown>;
  throw invalid('payload');
}

function requireRoom(room: unknown): number {
  const chatId = parseRoomId(room);
  if (chatId === null) throw invalid('room');
  return chatId;
}

function invalid(path: string): InvalidInput {
  return InvalidInput.field(path, 'invalid', `${path}: is missing or not valid.`);
}
