import { LightSocketIo } from './light-socket-io.mts';
import { ROOM_MEMBERS, type RoomResult, runRoom } from './room.mts';
import { type RunningServer, startBare, startOurs } from './servers.mts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 4);

interface Contender {
  readonly name: string;
  readonly server: RunningServer;
  readonly members: readonly LightSocketIo[];
  readonly chatId: number;
  readonly rounds: RoomResult[];
}

async function call(url: string, path: string, body: object, token?: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

async function prepareOurs(): Promise<Contender> {
  const server = await startOurs();
  const people: { id: number; token: string }[] = [];
  for (let index = 0; index < ROOM_MEMBERS; index++) {
    const account = { username: `member${index}`, password: 'correct horse battery' };
    const user = await call(server.url, '/api/v1/users/register', { ...account, email: `member${index}@example.org` });
    const login = await call(server.url, '/api/v1/users/login', account);
    people.push({ id: user['id'] as number, token: login['access_token'] as string });
  }
  const [admin, ...others] = people;
  const group = { chat_type: 'group', name: 'bench', participant_ids: others.map(({ id }) => id) };
  const chat = await call(server.url, '/api/v1/chats/', group, admin?.token);
  const open = ({ token }: { token: string }) => LightSocketIo.open(server.url, '/v1', { token }, 'new_message');
  return {
    name: 'ours',
    server,
    members: await Promise.all(people.map(open)),
    chatId: chat['id'] as number,
    rounds: [],
  };
}

async function prepareBare(): Promise<Contender> {
  const server = await startBare();
  const open = () => LightSocketIo.open(server.url, '/v1', {}, 'new_message');
  return {
    name: 'bare',
    server,
    members: await Promise.all(Array.from({ length: ROOM_MEMBERS }, open)),
    chatId: 1,
    rounds: [],
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const contenders = [await prepareBare(), await prepareOurs()];
try {
  for (const { members, chatId } of contenders) await runRoom(members, chatId, 1);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { members, chatId, rounds } of contenders) rounds.push(await runRoom(members, chatId, SECONDS));
  }
} finally {
  for (const { members, server } of contenders) {
    for (const member of members) member.close();
    await server.stop();
  }
}

const rates = contenders.map(({ rounds }) => median(rounds.map(({ messagesPerSecond }) => messagesPerSecond)));
console.log(`Room of ${ROOM_MEMBERS}, 100-character messages, Socket.IO; median of ${ROUNDS} rounds of ${SECONDS} s`);
console.log('| server | messages/s | deliveries/s |\n|---|---|---|');
contenders.forEach(({ name }, index) => {
  const rate = rates[index] ?? NaN;
  console.log(`| ${name} | ${rate.toFixed(0)} | ${(rate * ROOM_MEMBERS).toFixed(0)} |`);
});
const ratio = (rates[1] ?? NaN) / (rates[0] ?? NaN);
console.log(`ours ÷ bare: ${ratio.toFixed(2)} (ours keeps everything on disk, bare keeps nothing)`);
