import { CreateGroup } from '@app/chats';
import { ListChanges, ListInbox, ListMessages } from '@app/messages';
import { Redis } from 'ioredis';
import { DataSource, EntityManager } from 'typeorm';
import { describeWith } from '../support/servers';
import { Statements } from '../support/statements';
import { eventually } from '../support/wait';
import { Chatter } from './chatter';

const BATCH = 100;
const CHATS = 20;

describe('the statements on the embedded store', () => {
  // Inserts are cut into powers of two, so that the statements stay prepared: 100 rows of two tables in three pieces each.
  countStatements(() => ({}), { message: 7, batch: 11, snapshot: 2 });

  it('look for retries in the index of what senders call their messages, however long the chat', async () => {
    const steps = await planOf('client_id', (chatter) =>
      Promise.all(['one', 'two'].map((clientId) => chatter.send('hello', { clientId }))),
    );
    expect(steps).toContainEqual(expect.stringMatching(/^SEARCH messages USING INDEX messages_client_id /));
  });

  it('read a page by number on from the 64th message next before it, and nothing that stands before that', async () => {
    const steps = await planOf('ordinal BETWEEN', async (chatter) => {
      await Promise.all(Array.from({ length: 130 }, (_, n) => chatter.send(`${n + 1}`)));
      // Whoever read them would take them for the page's.
      await chatter.get(DataSource).query('UPDATE messages SET ordinal = 129 WHERE ordinal < 128 AND ordinal % 64 > 0');
      const { items } = await chatter.get(ListMessages).byPage(chatter.ada, chatter.chatId, { page: 1, limit: 2 });
      expect(items.map(({ content }) => content)).toEqual(['130', '129']);
    });
    expect(steps).toEqual([
      'SEARCH messages USING PRIMARY KEY (chat_id=? AND seq>?)',
      'SCALAR SUBQUERY 1',
      'SEARCH messages USING COVERING INDEX messages_ordinal (chat_id=? AND ordinal=?)',
    ]);
  });
});

describeWith(['mariadb'], 'the statements on MariaDB', (stores) => {
  countStatements(() => stores.settings, { message: 8, batch: 8, snapshot: 3 });
});

/** How the embedded store goes about the first of this work's queries for messages with these words in its condition. */
async function planOf(words: string, work: (chatter: Chatter) => Promise<unknown>): Promise<string[]> {
  const chatter = await Chatter.open({});
  const query = jest.spyOn(EntityManager.prototype, 'query');
  try {
    await work(chatter);
    const isMeant = (sql: string) => sql.split('FROM "messages" WHERE')[1]?.includes(words);
    const [sql, parameters] = query.mock.calls.find(([asked]) => isMeant(asked)) ?? [];
    const plan: { detail: string }[] = await chatter.get(DataSource).query(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    return plan.map(({ detail }) => detail);
  } finally {
    query.mockRestore();
    await chatter.close();
  }
}

/** What this costs depends on no machine: a statement too many is a mistake, and one per row or per chat a bad one. */
function countStatements(
  settings: () => Record<string, string>,
  wanted: { message: number; batch: number; snapshot: number },
): void {
  let chatter: Chatter;
  let statements: Statements;
  const chatIds: number[] = [];
  beforeAll(async () => {
    chatter = await Chatter.open(settings());
    for (let n = 0; n < CHATS; n++) {
      const { id } = await chatter.get(CreateGroup).execute(chatter.ada, { name: null, participantIds: [] });
      chatIds.push(id);
    }
    await sendMany(BATCH, () => chatter.chatId);
    await sendMany(CHATS, (n) => chatIds[n] ?? 0);
    statements = new Statements(chatter.get(DataSource));
  });
  afterAll(async () => {
    statements.stop();
    await chatter.close();
  });

  let lastKey = 0;
  /** All in one turn, so that they share a commit. */
  const sendMany = (count: number, chatOf: (n: number) => number) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        chatter.send('hello', { chatId: chatOf(n), clientId: `key ${++lastKey}` }),
      ),
    );
  const expectAtMost = async (limit: number, work: () => Promise<unknown>) => {
    const count = await statements.fewest(work);
    if (count > limit) throw new Error(`${count} statements instead of ${limit}:\n${statements.last.join('\n')}`);
  };

  it(`are ${wanted.message} for a message`, () =>
    expectAtMost(wanted.message, () => sendMany(1, () => chatter.chatId)));

  it(`are ${wanted.batch} for a hundred messages that share a commit, whether into one chat or into many`, async () => {
    await expectAtMost(wanted.batch, () => sendMany(BATCH, () => chatter.chatId));
    await expectAtMost(wanted.batch, () => sendMany(BATCH, (n) => chatIds[n % CHATS] ?? 0));
  });

  it('are four for a page of the history, however long', async () => {
    for (const limit of [5, 50]) {
      const history = () => chatter.get(ListMessages).byPage(chatter.ada, chatter.chatId, { page: 1, limit });
      expect((await history()).items).toHaveLength(limit);
      await expectAtMost(4, history);
    }
  });

  const changes = (after: number, limit: number) =>
    chatter.get(ListChanges).execute(chatter.ada, chatter.chatId, after, limit);

  it('are five in one snapshot for a page of changes, however long', async () => {
    for (const limit of [5, 100]) {
      let after = 0;
      expect((await changes(after, limit)).changes).toHaveLength(limit);
      await expectAtMost(5 + wanted.snapshot, () => changes(++after, limit));
    }
  });

  it('are three for one that somebody else asked for since the last change', async () => {
    expect((await changes(0, 100)).changes).toHaveLength(100);
    await expectAtMost(3 + wanted.snapshot, () => changes(0, 100));
  });

  it('are six in one snapshot for a list of chats, however many', async () => {
    for (const limit of [5, CHATS]) {
      const inbox = () => chatter.get(ListInbox).execute(chatter.ada, { page: 1, limit });
      expect((await inbox()).items).toHaveLength(limit);
      await expectAtMost(6 + wanted.snapshot, inbox);
    }
  });
}

describeWith(['redis'], 'what Redis is told of a hundred messages that share a commit', (stores) => {
  it('is one message', async () => {
    const chatter = await Chatter.open({
      ...stores.settings,
      SECRET_KEY: 'a key for a single node, as long as it must be',
    });
    const sent = jest.spyOn(Redis.prototype, 'sendCommand');
    try {
      const countNews = async () =>
        sent.mock.calls.filter(([{ name, args }]) => name === 'publish' && isNews(args)).length;
      await chatter.send('the first');
      expect(await eventually(countNews, (count) => count > 0)).toBe(1);
      await Promise.all(Array.from({ length: BATCH }, () => chatter.send('hello')));
      await chatter.send('the last');
      expect(await eventually(countNews, (count) => count > 2)).toBe(3);
    } finally {
      sent.mockRestore();
      await chatter.close();
    }
  });
});

/** Not the sign of life that a node gives from time to time. */
function isNews([, message]: readonly unknown[]): boolean {
  return String(message).includes('messages.sent');
}
