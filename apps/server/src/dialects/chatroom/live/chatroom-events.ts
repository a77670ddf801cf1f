import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatNotFound } from '@app/chats';
import { SendMessage } from '@app/messages';
import { EventBus } from '@app/platform';
import type { NamespaceConnection, NamespaceEvent } from '../../../transport/sockets/default-namespace';
import { reword, Wording } from '../errors/refusal';
import { WORDINGS } from '../errors/wordings';
import { messageFrom } from '../message-from';
import { messageToWire } from '../shapes/message.shape';
import { chatroomIdFrom, payloadFrom } from './payload';
import { RoomNoticed } from './room-notice';

type Run = NamespaceEvent['run'];

/** The events that clients of this dialect send, and the use cases that they stand for. */
@Injectable()
export class ChatroomEvents {
  readonly table: ReadonlyMap<string, NamespaceEvent>;

  constructor(
    private readonly access: ChatAccess,
    private readonly sendMessage: SendMessage,
    private readonly events: EventBus,
  ) {
    this.table = new Map<string, NamespaceEvent>([
      ['joinRoom', { counts: 'requests', isOrderedAtOnce: false, run: inWords(WORDINGS.joinRoom, this.joinRoom) }],
      ['leaveRoom', { counts: 'requests', isOrderedAtOnce: true, run: inWords(WORDINGS.joinRoom, this.leaveRoom) }],
      ['chatroomMessage', { counts: 'messages', isOrderedAtOnce: true, run: inWords(WORDINGS.say, this.say) }],
    ]);
  }

  /** The socket hears the room from now on, and so it hears of itself, too. */
  private readonly joinRoom: Run = async (connection, payload) => {
    const chatId = chatroomIdFrom(payloadFrom(payload));
    await this.access.require(connection.actor, 'read', chatId);
    if (!(await hear(connection, chatId))) throw new ChatNotFound();
    this.notify(chatId, `User ${connection.actor.userId} joined the chatroom`);
    return { ok: true, chatroomId: String(chatId) };
  };

  /** For a room that the socket is not in, nothing happens: nobody is told of someone who was not there. */
  private readonly leaveRoom: Run = async (connection, payload) => {
    const chatId = chatroomIdFrom(payloadFrom(payload));
    if (connection.hears(chatId)) {
      connection.tuneOut(chatId);
      this.notify(chatId, `User left chatroom ${chatId}`);
    }
    return { ok: true, chatroomId: String(chatId) };
  };

  private readonly say: Run = async ({ actor }, payload) => {
    const given = payloadFrom(payload);
    const chatId = chatroomIdFrom(given);
    const { message } = await this.sendMessage.execute(actor, { chatId, ...messageFrom(given.message) });
    return { ok: true, message: messageToWire(message) };
  };

  private notify(chatId: number, message: string): void {
    this.events.publish(RoomNoticed({ chatId, message }));
  }
}

/** A membership that has just begun on another node is on its way to this one. */
async function hear(connection: NamespaceConnection, chatId: number): Promise<boolean> {
  return connection.tuneIn(chatId) || ((await connection.whenMember(chatId)) && connection.tuneIn(chatId));
}

function inWords(wordings: readonly Wording[], run: Run): Run {
  return async (connection, payload) => {
    try {
      return await run(connection, payload);
    } catch (error) {
      throw reword(error, wordings);
    }
  };
}
