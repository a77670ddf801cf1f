import { Answer, expectStatus, request, RequestOptions } from './api';
import { PASSWORD, uniqueName } from './people';
import type { Origin } from './server-node';

export interface ChatroomUser {
  readonly _id: string;
  readonly username: string;
  readonly email?: string;
}

export interface Chatroom {
  readonly _id: string;
  readonly name: string;
  readonly members: string[];
}

export interface ChatroomMessage {
  readonly _id: string;
  readonly chatroom: string;
  readonly sender: string;
  readonly sender_username: string;
  readonly message: unknown;
  readonly timestamp: string;
}

/** Somebody who uses the dialect `chatroom`, logged in. */
export interface Roomer {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly server: Origin;
  call<Body = unknown>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer<Body>>;
}

/** A new account of this dialect, without an e-mail address. */
export async function newRoomer(server: Origin): Promise<Roomer> {
  const username = uniqueName('roomer');
  const account = { username, password: PASSWORD };
  const { _id } = expectStatus(await request<ChatroomUser>('POST', `${server.url}/api/user/`, { body: account }), 200);
  return roomerWith(server, _id, username, (await logInToChatroom(server, username)).body.token);
}

export function logInToChatroom(server: Origin, username: string, password = PASSWORD, options: RequestOptions = {}) {
  const body = { username, password };
  return request<{ token: string; userId: string }>('POST', `${server.url}/api/user/login`, { body, ...options });
}

/** The same, for somebody who has a token already. */
export function roomerWith(server: Origin, id: string, username: string, token: string): Roomer {
  const home = server.pick();
  return {
    id,
    username,
    token,
    server,
    call: (method, path, body, options = {}) => request(method, `${home.url}${path}`, { token, body, ...options }),
  };
}

export async function newRoom(roomer: Roomer, members: readonly Roomer[] = [], name?: string): Promise<Chatroom> {
  const body = { name, members: members.map(({ id }) => id) };
  return expectStatus(await roomer.call<Chatroom>('POST', '/api/chatroom/', body), 201);
}

export async function say(roomer: Roomer, room: Chatroom, message: unknown): Promise<ChatroomMessage> {
  return expectStatus(
    await roomer.call<ChatroomMessage>('POST', '/api/message/', { chatroom: room._id, message }),
    200,
  );
}

export async function historyOf(roomer: Roomer, room: Pick<Chatroom, '_id'>, query = ''): Promise<ChatroomMessage[]> {
  return expectStatus(await roomer.call<ChatroomMessage[]>('GET', `/api/message/${room._id}${query}`), 200);
}

/** Insists on the error shape of the dialect and nothing beside it. */
export function expectDetail(answer: Answer<unknown>, status: number, sentence?: string | RegExp): void {
  expectStatus(answer, status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(Object.keys(answer.body as object)).toEqual(['detail']);
  const { detail } = answer.body as { detail: string };
  expect(typeof detail).toBe('string');
  if (sentence instanceof RegExp) expect(detail).toMatch(sentence);
  else expect(detail).toBe(sentence ?? detail);
}
