import { Answer, expectStatus, request, RequestOptions } from './api';
import { anyOf } from './matchers';
import { PASSWORD, uniqueName } from './people';
import type { Origin } from './server-node';

export interface AuthChatMessage {
  readonly id: string;
  readonly sender: string;
  readonly content: string;
  readonly timestamp: string;
}

export interface AuthChatRoom {
  readonly id: string;
  readonly name: string | null;
  readonly description?: string;
  readonly members: string[];
  readonly messages: AuthChatMessage[];
}

interface Detail {
  readonly loc: (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** Somebody who uses the dialect `auth-chat`, logged in; with the token, anybody else, too. */
export interface Member {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly token: string;
  readonly server: Origin;
  call<Body = unknown>(method: string, path: string, options?: RequestOptions): Promise<Answer<Body>>;
}

export function uniqueEmail(prefix = 'person'): string {
  return `${uniqueName(prefix)}@example.org`;
}

/** A new account of this dialect. */
export async function newMember(server: Origin, email = uniqueEmail()): Promise<Member> {
  const username = uniqueName('member');
  const account = { username, email, password: PASSWORD };
  const { id } = expectStatus(await request<Member>('POST', `${server.url}/auth/signup`, { body: account }), 201);
  const body = { email, password: PASSWORD };
  const logIn = await request<{ access_token: string }>('POST', `${server.url}/auth/login`, { body });
  return memberWith(server, { id, username, email }, expectStatus(logIn, 200).access_token);
}

/** The same, for somebody who has a token already. */
export function memberWith(
  server: Origin,
  { id, username, email }: { id: string | number; username: string; email: string },
  token: string,
): Member {
  const call: Member['call'] = (method, path, options = {}) =>
    request(method, `${server.url}${path}`, { token, ...options });
  return { id: String(id), username, email, token, server, call };
}

export async function newRoom(
  member: Pick<Member, 'call'>,
  members: readonly { readonly email: string }[] = [],
  name = 'a room',
): Promise<AuthChatRoom> {
  const body = { name, members: members.map(({ email }) => email) };
  return expectStatus(await member.call<AuthChatRoom>('POST', '/chat/chat_rooms/', { body }), 201);
}

export async function say(member: Member, room: { id: string | number }, content: string): Promise<AuthChatMessage> {
  const path = `/chat/chat_rooms/${room.id}/messages`;
  return expectStatus(await member.call<AuthChatMessage>('POST', path, { body: { content } }), 201);
}

export async function historyOf(member: Member, room: { id: string | number }, query = ''): Promise<AuthChatMessage[]> {
  return expectStatus(await member.call<AuthChatMessage[]>('GET', `/chat/chat_rooms/${room.id}/messages${query}`), 200);
}

/** Insists on one sentence and nothing beside it. */
export function expectSentence(answer: Answer<unknown>, status: number, sentence?: string | RegExp): void {
  const { detail } = expectDetailAlone(answer, status) as { detail: string };
  expect(typeof detail).toBe('string');
  if (sentence instanceof RegExp) expect(detail).toMatch(sentence);
  else expect(detail).toBe(sentence ?? detail);
  if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer');
}

/** Insists on a list of bad fields and nothing beside it; gives them as `body.members.3 value_error`. */
export function expectDetails(answer: Answer<unknown>): string[] {
  const { detail } = expectDetailAlone(answer, 422) as { detail: Detail[] };
  for (const one of detail) {
    expect(one).toEqual({ loc: one.loc, msg: anyOf(String), type: anyOf(String) });
    expect(one.loc.length).toBeGreaterThan(0);
  }
  return detail.map(({ loc, type }) => `${loc.join('.')} ${type}`);
}

function expectDetailAlone(answer: Answer<unknown>, status: number): unknown {
  expectStatus(answer, status);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(Object.keys(answer.body as object)).toEqual(['detail']);
  return answer.body;
}
