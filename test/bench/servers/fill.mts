import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';

const AT_ONCE = 50_000;

/** A store that no server uses meanwhile. Placeholders are question marks on both. */
export interface OfflineStore {
  run(sql: string, values?: readonly (string | number)[]): Promise<void>;
  close(): Promise<void>;
}

export function openEmbedded(dataDir: string): OfflineStore {
  const database = new BetterSqlite3(join(dataDir, 'chat.sqlite'));
  // What is filled here is thrown away with its folder.
  database.pragma('synchronous = OFF');
  return {
    run: async (sql, values = []) => void database.prepare(sql).run(...values),
    close: async () => void database.close(),
  };
}

export async function openMariaDb(settings: Readonly<Record<string, string>>): Promise<OfflineStore> {
  const connection = await createConnection({
    host: settings['MYSQL_HOST'],
    port: Number(settings['MYSQL_PORT']),
    user: settings['MYSQL_USER'],
    password: settings['MYSQL_PASSWORD'],
    database: settings['MYSQL_DATABASE'],
  });
  // As on a machine that is there for the database; the tests' is kept small.
  await connection.query('SET GLOBAL innodb_buffer_pool_size = 1073741824');
  await connection.query(`SET SESSION max_recursive_iterations = ${AT_ONCE}`);
  return {
    run: async (sql, values = []) => void (await connection.query(sql, [...values])),
    close: () => connection.end(),
  };
}

/** Repeats the latest message of each of these chats until they have `count` each, with all that belongs to them. */
export async function fillChats(store: OfflineStore, chatIds: readonly number[], count: number): Promise<void> {
  for (const chatId of chatIds) {
    for (let have = 1; have < count; have += AT_ONCE)
      await repeatLatest(store, chatId, Math.min(AT_ONCE, count - have));
  }
}

async function repeatLatest(store: OfflineStore, chatId: number, times: number): Promise<void> {
  const numbers = `WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${times})`;
  const latest = 'messages m ON m.chat_id = c.id AND m.seq = c.last_message_seq';
  const idOf = (kind: string) => `(SELECT next FROM id_blocks WHERE kind = '${kind}') + i`;
  await store.run(
    `INSERT INTO message_bodies (id, content, extras) ${numbers}
     SELECT ${idOf('body')}, b.content, b.extras
     FROM chats c JOIN ${latest} JOIN message_bodies b ON b.id = m.body_id JOIN numbers WHERE c.id = ?`,
    [chatId],
  );
  await store.run(
    `INSERT INTO messages (chat_id, seq, id, ordinal, sender_id, type, body_id, media_count, sent_at) ${numbers}
     SELECT m.chat_id, m.seq + i, ${idOf('message')}, m.ordinal + i, m.sender_id, m.type, ${idOf('body')}, 0, m.sent_at
     FROM chats c JOIN ${latest} JOIN numbers WHERE c.id = ?`,
    [chatId],
  );
  await store.run(`UPDATE id_blocks SET next = next + ? WHERE kind IN ('body', 'message')`, [times + 1]);
  await store.run(
    `UPDATE chats SET last_seq = last_seq + ?, last_message_seq = last_message_seq + ?,
     message_count = message_count + ? WHERE id = ?`,
    [times, times, times, chatId],
  );
}
