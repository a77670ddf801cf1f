import { call, makeGroup, makePeople, type Person } from '../load/people.mts';
import { repeatRequest, type RequestsResult } from '../load/requests.mts';
import { type Row, ratioAtLeast } from '../report/row.mts';
import type { Scope } from '../scope.mts';
import { fillChats, type OfflineStore, openEmbedded, openMariaDb } from '../servers/fill.mts';
import type { ServerProcess } from '../servers/processes.mts';
import { makeDataDir, startOurs } from '../servers/start.mts';
import { startMariaDb } from '../servers/stores.mts';
import { inTurns, profileFile, type Run, type Scenario } from './scenario.mts';

const SMALL = 1000;
const PAGE = 50;
const AT_ONCE = 16;
const SECONDS = 2;
const CONTENT = 'x'.repeat(100);

/** A page of a long history beside one of a short history: on both stores, wherever it stands. */
export const history: Scenario = { name: 'history', limitSeconds: 540, measure };

interface Chats {
  readonly server: ServerProcess;
  readonly token: string;
  readonly big: number;
  readonly small: number;
}

async function measure(run: Run, scope: Scope): Promise<Row[]> {
  const count = run.isQuick ? 100_000 : 1_000_000;
  const dataDir = makeDataDir(scope);
  const settings = await startMariaDb(scope);
  const stores = [
    { name: 'embedded', chats: await prepare(scope, count, { dataDir }, async () => openEmbedded(dataDir)) },
    { name: 'MariaDB', chats: await prepare(scope, count, { settings }, () => openMariaDb(settings)) },
  ];
  const rows: Row[] = [];
  for (const { name, chats } of stores) {
    rows.push(
      ...(await chats.server.profiled(profileFile(run, `history-${name}`), () => readPages(run, name, chats, count))),
    );
  }
  return rows;
}

/** A server with two chats of one person, filled behind its back while it was stopped. */
async function prepare(
  scope: Scope,
  count: number,
  options: NonNullable<Parameters<typeof startOurs>[1]>,
  open: () => Promise<OfflineStore>,
): Promise<Chats> {
  const before = await startOurs(scope, options);
  const people = await makePeople(before.url, 2);
  const [reader] = people;
  if (!reader) throw new Error('there is nobody');
  const big = await makeChat(before.url, people, reader);
  const small = await makeChat(before.url, people, reader);
  await before.stop();
  const store = await open();
  await fillChats(store, [big], count);
  await fillChats(store, [small], SMALL);
  await store.close();
  const server = await startOurs(scope, options);
  await requireTruth(server.url, reader.token, big, count);
  return { server, token: reader.token, big, small };
}

async function makeChat(url: string, people: readonly Person[], { token }: Person): Promise<number> {
  const { chatId } = await makeGroup(url, people);
  await call(url, '/messages/', { body: { chat_id: chatId, content: CONTENT }, token });
  return chatId;
}

/** @throws unless the server finds in the store what should be there, and can go on from it */
async function requireTruth(url: string, token: string, chatId: number, count: number): Promise<void> {
  const page = Math.round(count / PAGE / 2);
  type Page = { items: { seq: number; content: string }[]; total: number };
  const { items, total } = await call<Page>(url, `/messages/chat/${chatId}?limit=${PAGE}&page=${page}`, { token });
  const seqs = items.map(({ seq }) => seq).sort((a, b) => a - b);
  const isWhole = items.length === PAGE && items.every(({ content }) => content === CONTENT);
  const isGapless = seqs.every((seq, index) => seq === (seqs[0] ?? 0) + index);
  if (total !== count || !isWhole || !isGapless)
    throw new Error(`page ${page} of the filled chat is not what it should be`);
  const { seq } = await call<{ seq: number }>(url, '/messages/', {
    body: { chat_id: chatId, content: CONTENT },
    token,
  });
  if (seq !== count + 1) throw new Error(`the filled chat goes on with ${seq}`);
}

async function readPages(run: Run, name: string, { server, token, big, small }: Chats, count: number): Promise<Row[]> {
  const read = (chatId: number, page: number) =>
    repeatRequest(`${server.url}/api/v1/messages/chat/${chatId}?limit=${PAGE}&page=${page}`, token, {
      seconds: SECONDS,
      atOnce: AT_ONCE,
    });
  const places = { first: 0, middle: 0.5, last: 1 };
  const pageAt = (of: number, share: number) => Math.max(1, Math.round((of / PAGE) * share));
  // Not measured: whoever came first would pay for a server that has just started.
  for (const chatId of [big, small]) await read(chatId, 1);
  const rows: Row[] = [];
  for (const [place, share] of Object.entries(places)) {
    const [long = [], short = []] = await inTurns(run.rounds, [
      () => read(big, pageAt(count, share)),
      () => read(small, pageAt(SMALL, share)),
    ]);
    rows.push(toRow(`${place} page of ${PAGE} of a chat of ${count.toLocaleString('en')} messages`, name, long, short));
  }
  return rows;
}

function toRow(what: string, store: string, long: readonly RequestsResult[], short: readonly RequestsResult[]): Row {
  const rates = (of: readonly RequestsResult[]) => of.map(({ perSecond }) => perSecond);
  return ratioAtLeast(
    {
      what,
      unit: 'requests/s',
      base: { name: `of ${SMALL.toLocaleString('en')}`, rounds: rates(short) },
      ours: { name: store, rounds: rates(long) },
      busy: Math.max(...[...long, ...short].map(({ busy }) => busy)),
    },
    0.8,
  );
}
