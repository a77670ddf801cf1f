import { call, makeGroup, makePeople, mapSome, type Person } from '../load/people.mts';
import { repeatRequest } from '../load/requests.mts';
import { type Row, ratioAtMost } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import { fillChats, openEmbedded } from '../servers/fill.mts';
import { makeDataDir, startOurs } from '../servers/start.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const MANY = 500;
const FEW = 5;
const UNREAD_PER_CHAT = 200;
const PAGE = 20;

/** The list of chats of somebody who has many and has read nothing, beside that of somebody who has few. */
export const chatList: Scenario = { name: 'chat-list', limitSeconds: 180, measure };

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const dataDir = makeDataDir(scope);
  const before = await startOurs(scope, { dataDir });
  const [writer, busy, calm] = await makePeople(before.url, 3);
  if (!writer || !busy || !calm) throw new Error('there is nobody');
  const chatIds = [
    ...(await makeChats(before.url, busy, writer, MANY)),
    ...(await makeChats(before.url, calm, writer, FEW)),
  ];
  await before.stop();
  const store = openEmbedded(dataDir);
  await fillChats(store, chatIds, UNREAD_PER_CHAT);
  await store.close();
  const server = await startOurs(scope, { dataDir });
  const { url } = server;
  await requireTruth(url, busy, MANY);
  await requireTruth(url, calm, FEW);
  const list = async ({ token }: Person) => {
    const how = { seconds: run.seconds, atOnce: 1 };
    const { perSecond } = await repeatRequest(`${url}/api/v1/chats/?limit=${PAGE}`, token, how);
    return 1000 / perSecond;
  };
  const [long = [], short = []] = await inTurns(run.rounds, [
    () => server.profiled(profileFile(run, 'chat-list'), () => list(busy)),
    () => list(calm),
  ]);
  return [toRow(long, short)];
}

/** Chats of the reader in which the writer has said something. */
function makeChats(url: string, reader: Person, writer: Person, count: number): Promise<number[]> {
  return mapSome(Array.from({ length: count }), async () => {
    const { chatId } = await makeGroup(url, [reader, writer]);
    await call(url, '/messages/', { body: { chat_id: chatId, content: 'x'.repeat(100) }, token: writer.token });
    return chatId;
  });
}

/** @throws unless everything is there, and unread */
async function requireTruth(url: string, { token }: Person, count: number): Promise<void> {
  type Page = { items: { unread_count: number }[]; total: number };
  const { items, total } = await call<Page>(url, `/chats/?limit=${PAGE}`, { token });
  const isUnread = items.every(({ unread_count: unread }) => unread === UNREAD_PER_CHAT);
  if (total !== count || items.length !== Math.min(PAGE, count) || !isUnread) {
    throw new Error(`the list of ${count} chats is not what it should be: ${total}, ${JSON.stringify(items[0])}`);
  }
}

function toRow(long: readonly number[], short: readonly number[]): Row {
  const unread = (MANY * UNREAD_PER_CHAT).toLocaleString('en');
  return ratioAtMost(
    {
      what: `GET /chats, a page of ${PAGE}, of a user with ${MANY} chats and ${unread} unread`,
      unit: 'ms',
      base: { name: `a user with ${FEW} chats`, rounds: short },
      ours: { name: 'embedded', rounds: long },
    },
    5,
  );
}
