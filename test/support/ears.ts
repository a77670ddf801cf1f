import { expectStatus } from './api';
import type { AuthChatMessage, Member } from './auth-chat';
import { historyOf as authChatHistory, memberWith } from './auth-chat';
import { ChatroomMessage, historyOf as chatroomHistory, Roomer } from './chatroom';
import { NamespaceSocket, openNamespace } from './chatroom-socket';
import type { Person } from './people';
import { LiveSocket, openRaw, openSocketIo } from './sockets';
import { eventually } from './wait';
import type { Message, Page } from './wire';

/** A message as every dialect can tell it. */
export interface Told {
  readonly id: string;
  readonly text: string;
}

/** What one socket hears of a chat, in whichever dialect. */
export interface Ear {
  readonly name: string;
  /** Every message that it was told of, in order, as often as it was told. */
  heard(): Told[];
}

/** Waits until the ear has heard a text, and gives all that it heard. */
export async function hear(ear: Ear, text: string): Promise<Told[]> {
  const holds = () => ear.heard().some((told) => told.text === text);
  await eventually(async () => holds(), Boolean);
  if (!holds()) throw new Error(`${ear.name} did not hear ${text}, but ${JSON.stringify(ear.heard())}`);
  return ear.heard();
}

/** The native sockets: raw, or Socket.IO `/v1`. */
function nativeEar(socket: LiveSocket, chatId: number): Ear {
  const heard = () =>
    socket.inbox
      .of('new_message')
      .filter((frame) => frame.chat_id === chatId)
      .map(({ message }) => ({ id: String(message?.id), text: message?.content ?? '' }));
  return { name: socket.transport, heard };
}

function authChatEar(socket: NamespaceSocket, chatId: number): Ear {
  type Response = { room_id?: string; message: AuthChatMessage };
  const heard = () =>
    socket
      .of<Response>('chat_response')
      .filter(({ room_id }) => room_id === String(chatId))
      .map(({ message: { id, content } }) => ({ id, text: content }));
  return { name: 'auth-chat', heard };
}

function chatroomEar(socket: NamespaceSocket, chatId: number): Ear {
  const heard = () =>
    socket
      .of<ChatroomMessage>('newMessage')
      .filter(({ chatroom }) => chatroom === String(chatId))
      .map(({ _id, message }) => ({ id: _id, text: String(message) }));
  return { name: 'chatroom', heard };
}

/** Four people who talk with each other, each in a way of their own, and their sockets. */
export interface Four {
  readonly raw: Person;
  readonly socketIo: Person;
  readonly member: Member;
  readonly roomer: Roomer;
}

export async function openAll({ raw, socketIo, member, roomer }: Four, chatId: number) {
  const sockets = {
    raw: await openRaw(raw.server, raw, chatId),
    socketIo: await openSocketIo(socketIo.server, socketIo),
    member: await openNamespace(member.server, member.token),
    roomer: await openNamespace(roomer.server, roomer.token, { address: '/socket.io' }),
  };
  await sockets.roomer.ask('joinRoom', { chatroomId: String(chatId) });
  const ears = [
    nativeEar(sockets.raw, chatId),
    nativeEar(sockets.socketIo, chatId),
    authChatEar(sockets.member, chatId),
    chatroomEar(sockets.roomer, chatId),
  ] as const;
  return { ...sockets, ears };
}

/** The whole history of a chat as each dialect gives it, oldest first. */
export async function historiesOf({ raw, member, roomer }: Four, chatId: number): Promise<Record<string, Told[]>> {
  const native = expectStatus(await raw.api.get<Page<Message>>(`/messages/chat/${chatId}?limit=100`), 200).items;
  const undeleted = native.reverse().filter(({ is_deleted }) => !is_deleted);
  return {
    v1: undeleted.map(({ id, content }) => ({ id: String(id), text: content })),
    'auth-chat': (await authChatHistory(member, { id: chatId })).map(({ id, content }) => ({ id, text: content })),
    chatroom: (await chatroomHistory(roomer, { _id: String(chatId) })).map(({ _id, message }) => ({
      id: _id,
      text: String(message),
    })),
  };
}

/** The same person in the dialect `auth-chat`. */
export function asMember({ server, id, username, email, token }: Person): Member {
  return memberWith(server, { id, username, email }, token);
}
