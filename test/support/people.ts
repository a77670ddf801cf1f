import { randomBytes } from 'node:crypto';
import { Api, expectStatus } from './api';
import type { Origin } from './server-node';
import type { Chat, Message, Tokens, User } from './wire';

export const PASSWORD = 'correct horse battery';
const REGISTERED_AT_ONCE = 16;

/** Somebody with an account who is logged in. */
export interface Person {
  readonly id: number;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly server: Origin;
  /** The access token that the person came with. */
  readonly token: string;
  readonly refreshToken: string;
  /** Requests to one node, always the same. */
  readonly api: Api;
}

export function uniqueName(prefix = 'person'): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}

export function nobody(server: Origin): Api {
  return new Api(() => server.url);
}

/** A new account, logged in. */
export async function newPerson(server: Origin, prefix = 'person'): Promise<Person> {
  const username = uniqueName(prefix);
  const email = `${username}@example.org`;
  const account = { username, email, password: PASSWORD, full_name: `${prefix} Example` };
  const user = expectStatus(await nobody(server).post<User>('/users/register', account), 201);
  return personFrom(server, { ...account, id: user.id }, await logIn(server, username, PASSWORD));
}

/** Not all at once: the server refuses crowds at the door, as it should. */
export async function newPeople(server: Origin, count: number, prefix = 'person'): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    const some = Math.min(REGISTERED_AT_ONCE, count - people.length);
    people.push(...(await Promise.all(Array.from({ length: some }, () => newPerson(server, prefix)))));
  }
  return people;
}

export async function logIn(server: Origin, username: string, password: string): Promise<Tokens> {
  return expectStatus(await nobody(server).post<Tokens>('/users/login', { username, password }), 200);
}

/** The same person from another device: a session of its own. */
export async function secondSession(person: Person, password = person.password): Promise<Person> {
  return personFrom(person.server, person, await logIn(person.server, person.username, password));
}

/** The same person with the same token, as a client of that node. */
export function personAt(person: Person, server: Origin): Person {
  const home = server.pick();
  return { ...person, server, api: new Api(() => home.url, person.token) };
}

/** A group whose admin is the first of them. */
export async function newGroup(admin: Person, members: Person[], name = 'a group'): Promise<Chat> {
  const participant_ids = members.map(({ id }) => id);
  return expectStatus(await admin.api.post<Chat>('/chats/', { chat_type: 'group', name, participant_ids }), 201);
}

export async function directChat(one: Person, other: Person): Promise<Chat> {
  const wanted = { chat_type: 'direct', participant_ids: [other.id] };
  return expectStatus(await one.api.post<Chat>('/chats/', wanted), 200, 201);
}

export async function send(
  sender: Person,
  chat: { id: number },
  content: string,
  more: Record<string, unknown> = {},
): Promise<Message> {
  return expectStatus(await sender.api.post<Message>('/messages/', { chat_id: chat.id, content, ...more }), 201, 200);
}

function personFrom(
  server: Origin,
  account: { id: number; username: string; email: string; password: string },
  tokens: Tokens,
): Person {
  const token = tokens.access_token;
  const home = server.pick();
  return {
    id: account.id,
    username: account.username,
    email: account.email,
    password: account.password,
    server,
    token,
    refreshToken: tokens.refresh_token,
    api: new Api(() => home.url, token),
  };
}
