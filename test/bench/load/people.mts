import type { LightClient } from './light-client.mts';
import { LightRaw } from './light-raw.mts';
import { LightSocketIo } from './light-socket-io.mts';
import type { Room } from './flood.mts';

const PASSWORD = 'correct horse battery';
const AT_ONCE = 16;

export interface Person {
  readonly id: number;
  readonly username: string;
  readonly token: string;
}

/** People who are in one chat, before they connect. */
export interface Group {
  readonly chatId: number;
  readonly people: readonly Person[];
}

export async function call<Answer>(
  url: string,
  path: string,
  { body, token }: { body?: object; token?: string | undefined } = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${url}/api/v1${path}`, request);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** @returns what `task` made of each item, in their order; some at once, not all */
export async function mapSome<Item, Result>(
  items: readonly Item[],
  task: (item: Item, index: number) => Promise<Result>,
  atOnce = AT_ONCE,
): Promise<Result[]> {
  const results: Result[] = [];
  const next = items.entries();
  const work = async () => {
    for (const [index, item] of next) results[index] = await task(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

export function logIn(url: string, username: string): Promise<{ access_token: string }> {
  return call(url, '/users/login', { body: { username, password: PASSWORD } });
}

/** New accounts, logged in. */
export function makePeople(url: string, count: number): Promise<Person[]> {
  const run = Date.now().toString(36);
  return mapSome(Array.from({ length: count }), async (_, index) => {
    const username = `member_${run}_${index}`;
    const account = { username, password: PASSWORD, email: `${username}@example.org` };
    const { id } = await call<{ id: number }>(url, '/users/register', { body: account });
    return { id, username, token: (await logIn(url, username)).access_token };
  });
}

export async function makeGroup(url: string, people: readonly Person[]): Promise<Group> {
  const [admin, ...others] = people;
  const group = { chat_type: 'group', name: 'bench', participant_ids: others.map(({ id }) => id) };
  const { id } = await call<{ id: number }>(url, '/chats/', { body: group, token: admin?.token });
  return { chatId: id, people };
}

/** As many groups of a size, of people who are in one of them each. */
export async function makeGroups(url: string, count: number, size: number): Promise<Group[]> {
  const people = await makePeople(url, count * size);
  const parts = Array.from({ length: count }, (_, index) => people.slice(index * size, (index + 1) * size));
  return mapSome(parts, (members) => makeGroup(url, members));
}

/** The same for a server that knows nobody. */
export function inventGroups(count: number, size: number): Group[] {
  const member = { id: 1, username: 'somebody', token: '' };
  return Array.from({ length: count }, (_, index) => ({ chatId: index + 1, people: Array<Person>(size).fill(member) }));
}

export type Transport = 'Socket.IO' | 'WebSocket';

/** Connects them all, to one address after the other. */
export async function connectGroup(group: Group, transport: Transport, ...urls: readonly string[]): Promise<Room> {
  const { chatId, people } = group;
  const open = ({ token }: Person, index: number): Promise<LightClient> => {
    const url = urls[index % urls.length] ?? '';
    if (transport === 'WebSocket') return LightRaw.open(url, { token, chatId });
    return LightSocketIo.open(url, { token, chat_id: chatId });
  };
  return { chatId, members: await mapSome(people, open) };
}

export function connectGroups(groups: readonly Group[], transport: Transport, url: string): Promise<Room[]> {
  return mapSome(groups, (group) => connectGroup(group, transport, url));
}

export function disconnect(rooms: readonly Room[]): void {
  for (const { members } of rooms) for (const member of members) member.close();
}
