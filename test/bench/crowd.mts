import { LightSocketIo } from './light-socket-io.mts';
import { ROOM_MEMBERS } from './room.mts';

export interface Crowd {
  readonly members: readonly LightSocketIo[];
  readonly chatId: number;
}

async function call(url: string, path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

/** A room of ours with all its members connected, to one server after the other. */
export async function gatherCrowd(...urls: readonly string[]): Promise<Crowd> {
  const urlOf = (index: number) => urls[index % urls.length] ?? '';
  const run = Date.now().toString(36);
  const people: { id: number; token: string }[] = [];
  for (let index = 0; index < ROOM_MEMBERS; index++) {
    const account = { username: `member_${run}_${index}`, password: 'correct horse battery' };
    const email = `${account.username}@example.org`;
    const user = await call(urlOf(0), '/api/v1/users/register', { ...account, email });
    const login = await call(urlOf(0), '/api/v1/users/login', account);
    people.push({ id: user['id'] as number, token: login['access_token'] as string });
  }
  const [admin, ...others] = people;
  const group = { chat_type: 'group', name: 'bench', participant_ids: others.map(({ id }) => id) };
  const chat = await call(urlOf(0), '/api/v1/chats/', group, admin?.token);
  const open = ({ token }: { token: string }, index: number) =>
    LightSocketIo.open(urlOf(index), '/v1', { token }, 'new_message');
  return { members: await Promise.all(people.map(open)), chatId: chat['id'] as number };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
