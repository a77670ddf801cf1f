import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { makeTempFolder } from '../support/temp-folder';
import { damaged, makeSoundStore, Stored, verdictOn } from './sound-store';

/** What somebody did to a store, and the line that tells it. */
interface Damage {
  readonly what: string;
  readonly sql: (stored: Stored) => string | string[];
  readonly line: (stored: Stored) => string;
}

const bodyOf = (messageId: number) => `(SELECT body_id FROM messages WHERE id = ${messageId})`;

const SEQUENCES: Damage[] = [
  {
    what: 'a message in the middle that is gone',
    sql: ({ messages: [first] }) => `DELETE FROM messages WHERE id = ${first}`,
    line: ({ group }) => `sequence: chat ${group}: seq 1 is missing; last_seq is 7`,
  },
  {
    what: 'changes at the end that are gone',
    sql: ({ group }) => `DELETE FROM chat_events WHERE chat_id = ${group} AND seq > 5`,
    line: ({ group }) => `sequence: chat ${group}: seq 6 to 7 are missing; last_seq is 7`,
  },
  {
    what: 'a number that was given twice',
    sql: ({ group }) => `INSERT INTO chat_events SELECT chat_id, 2, kind, at, subject_id, details FROM chat_events
                          WHERE chat_id = ${group} AND seq = 4`,
    line: ({ group }) => `sequence: chat ${group}: seq 2 is there twice, as a message and as another change`,
  },
  {
    what: 'a chat that was set back',
    sql: ({ group }) => `UPDATE chats SET last_seq = 6 WHERE id = ${group}`,
    line: ({ group }) => `sequence: chat ${group}: there is seq 7, but last_seq is 6`,
  },
  {
    what: 'messages of a chat that is gone',
    sql: ({ direct }) => `DELETE FROM chats WHERE id = ${direct}`,
    line: ({ direct }) => `sequence: chat ${direct}: does not exist, but its seq 1 does`,
  },
  {
    what: 'a wrong count of messages',
    sql: ({ group }) => `UPDATE chats SET message_count = 9 WHERE id = ${group}`,
    line: ({ group }) => `count: chat ${group}: message_count is 9, but there are 4 messages`,
  },
  {
    what: 'a wrong latest message',
    sql: ({ group }) => `UPDATE chats SET last_message_seq = 3 WHERE id = ${group}`,
    line: ({ group }) => `count: chat ${group}: last_message_seq is 3, but the last message has seq 5`,
  },
  {
    what: 'a hole in the ordinals',
    sql: ({ messages: [, , , answer] }) => `UPDATE messages SET ordinal = 8 WHERE id = ${answer}`,
    line: ({ group }) => `count: chat ${group}: the message with seq 5 has ordinal 8 instead of 4`,
  },
  {
    what: 'an ordinal that was given twice',
    sql: ({ messages: [, , , answer] }) => `UPDATE messages SET ordinal = 3 WHERE id = ${answer}`,
    line: ({ group }) => `count: chat ${group}: the message with seq 5 has ordinal 3 instead of 4`,
  },
];

const POINTERS: Damage[] = [
  {
    what: 'a message whose body is gone',
    sql: ({ messages: [first] }) => `DELETE FROM message_bodies WHERE id = ${bodyOf(first)}`,
    line: ({ group, messages: [first] }) =>
      `pointer: message ${first} (chat ${group}, seq 1): points to body 1, which does not exist`,
  },
  {
    what: 'a revision whose body is gone',
    sql: () => 'DELETE FROM message_bodies WHERE id IN (SELECT body_id FROM message_revisions)',
    line: ({ messages: [, edited] }) =>
      `pointer: message ${edited}, revision 1: points to body 2, which does not exist`,
  },
  {
    what: 'a revision that outlived its message',
    sql: ({ messages: [, edited] }) => `UPDATE messages SET deleted_at = sent_at, body_id = NULL WHERE id = ${edited}`,
    line: ({ messages: [, edited] }) =>
      `pointer: message ${edited}, revision 1: outlived its message, which is deleted`,
  },
  {
    what: 'a revision that lost the one before it',
    sql: () => 'UPDATE message_revisions SET number = 2',
    line: ({ messages: [, edited] }) => `pointer: message ${edited}, revision 2: comes where number 1 should`,
  },
  {
    what: 'a revision of nothing',
    sql: () => 'UPDATE message_revisions SET message_id = 900',
    line: () => 'pointer: message 900, revision 1: belongs to a message that does not exist',
  },
  {
    what: 'a deleted message that kept its text',
    sql: ({ messages: [, edited] }) => `UPDATE messages SET deleted_at = sent_at WHERE id = ${edited}`,
    line: ({ group, messages: [, edited] }) =>
      `pointer: message ${edited} (chat ${group}, seq 2): is deleted and still points to body 5`,
  },
  {
    what: 'a message without a text',
    sql: ({ directMessage }) => `UPDATE messages SET body_id = NULL WHERE id = ${directMessage}`,
    line: ({ direct, directMessage }) =>
      `pointer: message ${directMessage} (chat ${direct}, seq 1): is not deleted and points to no body`,
  },
  {
    what: 'an answer to nothing',
    sql: ({ messages: [, , , answer] }) => `UPDATE messages SET reply_to = 900 WHERE id = ${answer}`,
    line: ({ group, messages: [, , , answer] }) =>
      `pointer: message ${answer} (chat ${group}, seq 5): answers message 900, which does not exist`,
  },
  {
    what: 'an answer to a message of another chat',
    sql: ({ messages: [, , , answer], directMessage }) =>
      `UPDATE messages SET reply_to = ${directMessage} WHERE id = ${answer}`,
    line: ({ group, direct, messages: [, , , answer], directMessage }) =>
      `pointer: message ${answer} (chat ${group}, seq 5): answers message ${directMessage} of another chat, ${direct}`,
  },
  {
    what: 'a body that nothing points to',
    sql: () => "INSERT INTO message_bodies (id, content) VALUES (700, 'forgotten')",
    line: () => 'body: body 700: nothing points to it',
  },
  {
    what: 'ids that would be given again',
    sql: () => "UPDATE id_blocks SET next = 2 WHERE kind = 'body'",
    line: () => 'id: id_blocks body: next is 2, but body 6 exists',
  },
];

const MEMBERSHIPS: Damage[] = [
  {
    what: 'a read position beyond the last change',
    sql: ({ group, bob }) => `UPDATE chat_participants SET read_seq = 8 WHERE chat_id = ${group} AND user_id = ${bob}`,
    line: ({ group, bob }) => `membership: chat ${group}: member ${bob} has read_seq 8, but last_seq is 7`,
  },
  {
    what: 'a member who is nobody',
    sql: ({ eve }) => `DELETE FROM users WHERE id = ${eve}`,
    line: ({ group, eve }) => `membership: chat ${group}: member ${eve} is no user`,
  },
  {
    what: 'a member who was deleted long ago',
    sql: ({ eve }) => `UPDATE users SET deleted_at = '2020-01-01 00:00:00.000' WHERE id = ${eve}`,
    line: ({ group, eve }) =>
      `membership: chat ${group}: member ${eve} was deleted at 2020-01-01T00:00:00.000Z; a restart of a server lets them leave`,
  },
  {
    what: 'a closed chat with members',
    sql: ({ direct }) => `UPDATE chats SET is_active = 0 WHERE id = ${direct}`,
    line: ({ direct, bob }) => `membership: chat ${direct}: is closed, and user ${bob} is still a member`,
  },
  {
    what: 'members of a chat that is gone',
    sql: ({ direct }) => `DELETE FROM chats WHERE id = ${direct}`,
    line: ({ direct, bob }) => `membership: chat ${direct}: does not exist, and user ${bob} is a member of it`,
  },
  {
    what: 'an active chat without members',
    sql: ({ group }) => `DELETE FROM chat_participants WHERE chat_id = ${group}`,
    line: ({ group }) => `membership: chat ${group}: is active without a member`,
  },
  {
    what: 'three in a direct chat',
    sql: ({ direct, eve }) =>
      `INSERT INTO chat_participants (chat_id, user_id, joined_at, is_admin, read_seq, hidden_seq) VALUES (${direct}, ${eve}, '2026-01-01', 0, 0, NULL)`,
    line: ({ direct }) => `membership: chat ${direct}: has 3 members; a direct chat has at most 2`,
  },
  {
    what: 'somebody else in a direct chat',
    sql: ({ direct, bob, eve }) =>
      `UPDATE chat_participants SET user_id = ${eve} WHERE chat_id = ${direct} AND user_id = ${bob}`,
    line: ({ direct, ada, bob, eve }) =>
      `membership: chat ${direct}: member ${eve} is not in direct_key "${ada}:${bob}"`,
  },
  {
    what: 'a direct chat without its key',
    sql: ({ direct }) => `UPDATE chats SET direct_key = NULL WHERE id = ${direct}`,
    line: ({ direct }) => `membership: chat ${direct}: is direct and has no direct_key`,
  },
  {
    what: 'a group without an admin',
    sql: ({ group }) => `UPDATE chat_participants SET is_admin = 0 WHERE chat_id = ${group}`,
    line: ({ group }) => `membership: chat ${group}: is a group without an admin`,
  },
];

describe('npm run verify', () => {
  let stored: Stored;
  beforeAll(async () => {
    stored = await makeSoundStore();
  });

  it('finds nothing in what the server wrote, and says what it has seen', async () => {
    const { isSound, damage, lines } = await verdictOn(stored.dataDir);
    expect({ isSound, damage }).toEqual({ isSound: true, damage: [] });
    const seen = ['5 memberships', '8 changes', '5 messages', '1 revisions', '5 bodies', '5 read positions'];
    expect(lines).toEqual(expect.arrayContaining(seen.map((what) => `${what} seen`)));
  });

  describe.each([
    ['sequences', SEQUENCES],
    ['pointers', POINTERS],
    ['memberships', MEMBERSHIPS],
  ])('%s', (_, damages) => {
    it.each(damages)('names $what', async ({ sql, line }) => {
      const { isSound, damage } = await verdictOn(damaged(stored, ...[sql(stored)].flat()));
      expect(isSound).toBe(false);
      expect(damage).toContain(line(stored));
    });
  });

  it('goes through a log that is longer than its pages, and finds the hole at the edge of one', async () => {
    const grow = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
      INSERT INTO messages (chat_id, seq, id, ordinal, sender_id, type, sent_at, body_id)
      SELECT ${stored.group}, 7 + i, 100 + i, 4 + i, ${stored.ada}, 'text', '2026-01-01 00:00:00.000', 1 FROM n`;
    const count = `UPDATE chats SET last_seq = 2507, last_message_seq = 2507, message_count = 2504 WHERE id = ${stored.group}`;
    const ids = "UPDATE id_blocks SET next = 9999 WHERE kind = 'message'";
    const whole = await verdictOn(damaged(stored, grow, count, ids));
    expect(whole.damage).toEqual([]);
    expect(whole.lines).toContain('2505 messages seen');
    // Four messages of the group stand before them: this is the last one of the first page.
    const holed = await verdictOn(damaged(stored, grow, count, ids, 'DELETE FROM messages WHERE ordinal = 1000'));
    expect(holed.damage).toContain(`sequence: chat ${stored.group}: seq 1003 is missing; last_seq is 2507`);
  });

  it('leaves no trace in what it reads, and never makes a store or a key', async () => {
    const before = readFileSync(join(stored.dataDir, 'chat.sqlite'));
    await verdictOn(stored.dataDir);
    expect(readFileSync(join(stored.dataDir, 'chat.sqlite')).equals(before)).toBe(true);
    const empty = makeTempFolder();
    await expect(verdictOn(empty)).rejects.toThrow(`${empty}/chat.sqlite: there is no database`);
  });

  it('shows twenty of a kind and counts the rest', async () => {
    const dataDir = damaged(stored);
    const store = new BetterSqlite3(join(dataDir, 'chat.sqlite'));
    const insert = store.prepare("INSERT INTO message_bodies (id, content) VALUES (?, '')");
    for (let id = 500; id < 2500; id++) insert.run(id);
    store.close();
    const { damage, lines } = await verdictOn(dataDir);
    expect(damage.filter((line) => line.startsWith('body: body '))).toHaveLength(20);
    expect(lines.at(-1)).toMatch(/^damaged: body 2000, id 1, after/);
  });
});
