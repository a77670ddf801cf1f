import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { AddParticipants, RemoveParticipant, RenameChat } from '@app/chats';
import { SendMessage } from '@app/messages';
import { RegisterUser } from '@app/users';
import { EntityManager, ObjectLiteral } from 'typeorm';
import { Chatter } from '../messages/chatter';
import { makeTempFolder } from '../support/temp-folder';

const DATA_DIR = makeTempFolder();
let chatter: Chatter;
beforeAll(async () => {
  chatter = await Chatter.open({ DATA_DIR });
});
beforeEach(() => chatter.send('so that the chat is remembered'));
afterAll(() => chatter.close());

const sendAndSeeSeq = async () => (await chatter.send('hello')).message.seq;
const nameOf = async () => {
  const [row]: { name: string | null }[] = await chatter.database.reads.query('SELECT name FROM chats WHERE id = ?', [
    chatter.chatId,
  ]);
  return row?.name ?? null;
};
const rename = (name: string | null) => chatter.get(RenameChat).execute(chatter.ada, chatter.chatId, name);

/** Lets each commit fail at its last statement. */
async function withFullDisk(work: () => Promise<void>): Promise<void> {
  const { query } = EntityManager.prototype;
  const failing = jest.spyOn(EntityManager.prototype, 'query');
  failing.mockImplementation(function (this: EntityManager, sql: string, parameters?: ObjectLiteral) {
    if (sql.includes('INTO "messages"')) throw new Error('the disk is full');
    return query.call<EntityManager, Parameters<typeof query>, Promise<unknown>>(this, sql, parameters);
  });
  try {
    await work();
  } finally {
    failing.mockRestore();
  }
}

/** Also what nobody but the log ought to write. */
const LEAP = "UPDATE chats SET last_seq = last_seq + 100, name = 'from elsewhere' WHERE id = ?";

describe('a chat that the last commit knew', () => {
  it('is read again when somebody has written to the file by hand', async () => {
    const name = await nameOf();
    const before = await sendAndSeeSeq();
    const byHand = new BetterSqlite3(join(DATA_DIR, 'chat.sqlite'));
    byHand.prepare(LEAP).run(chatter.chatId);
    byHand.close();
    expect(await sendAndSeeSeq()).toBe(before + 101);
    expect(await nameOf()).toBe('from elsewhere');
    // Nothing would have to be done, had the chat still this name.
    await rename(name);
    expect(await nameOf()).toBe(name);
  });

  it('is read again when another transaction was between', async () => {
    const before = await sendAndSeeSeq();
    await chatter.database.transaction((tx) => tx.query(LEAP, [chatter.chatId]));
    expect(await sendAndSeeSeq()).toBe(before + 101);
  });

  it('keeps nothing of a commit that failed', async () => {
    const before = await sendAndSeeSeq();
    await withFullDisk(() => expect(sendAndSeeSeq()).rejects.toThrow('the disk is full'));
    expect(await sendAndSeeSeq()).toBe(before + 1);
  });

  it('keeps what a commit has changed beside messages', async () => {
    const name = await nameOf();
    await rename('a new name');
    await sendAndSeeSeq();
    expect(await nameOf()).toBe('a new name');
    await rename(name);
    expect(await nameOf()).toBe(name);
  });

  it('knows who came and who went', async () => {
    const account = { username: 'ben', email: 'ben@example.org', password: 'correct horse', fullName: null };
    const { id: userId } = await chatter.get(RegisterUser).execute(account, { address: '192.0.2.1' });
    const sendAsBen = () =>
      chatter
        .get(SendMessage)
        .execute({ userId, sessionId: "ben's session" }, { chatId: chatter.chatId, content: 'hello' });
    await expect(sendAsBen()).rejects.toMatchObject({ code: 'chat.not_found' });
    await chatter.get(AddParticipants).execute(chatter.ada, chatter.chatId, [userId]);
    await sendAsBen();
    await chatter.get(RemoveParticipant).execute(chatter.ada, chatter.chatId, userId);
    await expect(sendAsBen()).rejects.toMatchObject({ code: 'chat.not_found' });
  });
});
