import { expectProblemBody } from './api';
import type { Person } from './people';
import { LiveSocket, openRaw, openSocketIo } from './sockets';
import type { Ack, Message, Problem } from './wire';

/** What came of an attempt: done, with the message as it is now, or the problem that was answered. */
export type Verdict = { ok: true; message?: Message } | { ok: false; problem: Problem };

/** One person at one of the ways in. */
export interface Door {
  send(payload: Record<string, unknown>): Promise<Verdict>;
  edit(messageId: number, payload: Record<string, unknown>): Promise<Verdict>;
  delete(messageId: number): Promise<Verdict>;
  read(chatId: number, seq: number): Promise<Verdict>;
}

export type OpenDoor = (person: Person, chatId: number) => Promise<Door>;

/** The ways to write, for `describe.each`. */
export const DOORS: [string, OpenDoor][] = [
  ['REST', async (person) => restDoor(person)],
  ['raw WebSocket', async (person, chatId) => socketDoor(await openRaw(person.server, person, chatId))],
  ['Socket.IO', async (person) => socketDoor(await openSocketIo(person.server, person))],
];

export function restDoor({ api }: Person): Door {
  const verdict = async (method: string, path: string, body?: unknown): Promise<Verdict> => {
    const answer = await api.call(method, path, { body });
    if (answer.status < 300) return { ok: true, message: answer.body as Message };
    return { ok: false, problem: expectProblemBody(answer.body, answer.status) };
  };
  return {
    send: (payload) => verdict('POST', '/messages/', payload),
    edit: (messageId, payload) => verdict('PUT', `/messages/${messageId}`, payload),
    delete: (messageId) => verdict('DELETE', `/messages/${messageId}`),
    read: (chatId, seq) => verdict('POST', `/chats/${chatId}/read`, { seq }),
  };
}

export function socketDoor(socket: LiveSocket): Door {
  const verdict = async (type: string, payload: Record<string, unknown>) =>
    ackVerdict(await socket.request(type, payload));
  return {
    send: (payload) => verdict('message', payload),
    edit: (message_id, payload) => verdict('edit', { message_id, ...payload }),
    delete: (message_id) => verdict('delete', { message_id }),
    read: (chat_id, seq) => verdict('read', { chat_id, seq }),
  };
}

function ackVerdict(ack: Ack): Verdict {
  if (ack.ok) return { ok: true, message: ack.message };
  return { ok: false, problem: expectProblemBody(ack.error, ack.error?.status ?? 0) };
}

/** The message of an attempt that should have worked. */
export function done(verdict: Verdict): Message {
  if (!verdict.ok) throw new Error(`refused: ${JSON.stringify(verdict.problem)}`);
  if (!verdict.message) throw new Error('the acknowledgement carries no message');
  return verdict.message;
}

/** The problem of an attempt that should have been refused. */
export function refused(verdict: Verdict, status: number): Problem {
  if (verdict.ok) throw new Error(`not refused: ${JSON.stringify(verdict.message)}`);
  return expectProblemBody(verdict.problem, status);
}
