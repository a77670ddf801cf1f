import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ChatLog, ChatsMayHaveChanged, ChatsModule, CreateGroup, GetChat, RenameChat } from '@app/chats';
import { Database, DatabaseModule } from '@app/database';
import { ListMessages, MessagesModule, SendMessage } from '@app/messages';
import { Actor, CommitOutcomeUnknown, EventBus, loadConfig, PlatformModule, StoreUnavailable } from '@app/platform';
import { RegisterUser } from '@app/users';
import { makeTempFolder } from '../support/temp-folder';

type Work = Parameters<Database['transaction']>[0];

/** What becomes of a commit whose answer is lost: the store has it, or not, and can then be asked, or not. */
describe('a commit whose outcome nobody told', () => {
  let app: INestApplicationContext;
  let database: Database;
  let transaction: Database['transaction'];
  let actor: Actor;
  let chatId: number;

  beforeAll(async () => {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), BCRYPT_COST: '4' });
    @Module({ imports: [PlatformModule.register(config), DatabaseModule, ChatsModule, MessagesModule] })
    class TestModule {}
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
    database = app.get(Database);
    transaction = database.transaction.bind(database);
    const account = { username: 'ada', email: 'ada@example.org', password: 'correct horse' };
    actor = { userId: (await app.get(RegisterUser).execute(account, { address: '::1' })).id, sessionId: 'a session' };
  });

  afterAll(() => app.close());

  beforeEach(async () => {
    chatId = (await app.get(CreateGroup).execute(actor, { name: 'old', participantIds: [] })).id;
    // Its ids are at hand, so that the next transaction is the commit.
    await app.get(SendMessage).execute(actor, { chatId, content: 'first' });
  });

  afterEach(() => {
    database.transaction = transaction;
  });

  /** The next transaction ends in doubt; the ones after it as `then` says. */
  function loseAnswer({ isStored, then = transaction }: { isStored: boolean; then?: Database['transaction'] }): void {
    const inDoubt = async (work: Work) => {
      database.transaction = then;
      const lost = new Error('the answer is lost');
      if (isStored) await transaction(work);
      else await transaction((tx) => work(tx).then(() => Promise.reject(lost))).catch(() => undefined);
      throw new CommitOutcomeUnknown(lost);
    };
    database.transaction = inDoubt;
  }

  const send = (content: string) => app.get(SendMessage).execute(actor, { chatId, content });
  const contents = async () => {
    const { items } = await app.get(ListMessages).byPage(actor, chatId, { page: 1, limit: 10 });
    return items.map(({ content }) => content);
  };

  it.each([true, false])('is asked for, and its messages stand once (stored: %s)', async (isStored) => {
    loseAnswer({ isStored });
    const { message } = await send('once');
    expect(await contents()).toEqual(['once', 'first']);
    expect(message).toMatchObject({ content: 'once', seq: 2 });
  });

  it.each([true, false])('is asked for, and its changes stand once (stored: %s)', async (isStored) => {
    loseAnswer({ isStored });
    await app.get(RenameChat).execute(actor, chatId, 'new');
    expect(await app.get(GetChat).execute(actor, chatId)).toMatchObject({ name: 'new', lastSeq: 2 });
  });

  it('is not repeated when it can not be asked for: its callers hear so, and all nodes look when it can', async () => {
    const told: number[] = [];
    app.get(EventBus).on(ChatsMayHaveChanged, ({ chatIds }) => told.push(...chatIds));
    loseAnswer({ isStored: true, then: () => Promise.reject(new StoreUnavailable('The database')) });
    await expect(send('perhaps')).rejects.toMatchObject({ kind: 'unavailable', code: 'service.outcome_unknown' });
    database.transaction = transaction;
    await app.get(ChatLog).drain();
    expect(await contents()).toEqual(['perhaps', 'first']);
    await new Promise<void>((resolve) => app.get(EventBus).on(ChatsMayHaveChanged, () => resolve()));
    expect(told).toContain(chatId);
  });
});
