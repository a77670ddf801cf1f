import { createConnection } from 'mysql2/promise';
import { IdBlockEntity, openForReading } from '@app/database';
import { loadConfig } from '@app/platform';
import { describeWith } from '../support/servers';
import { makeTempFolder } from '../support/temp-folder';
import { makeSoundStore, Stored, verdictOn } from './sound-store';

describeWith(['mariadb'], 'npm run verify on MySQL', (stores) => {
  let stored: Stored;
  beforeAll(async () => {
    stored = await makeSoundStore(stores.settings);
  });

  const damage = async (...statements: string[]): Promise<void> => {
    const {
      MYSQL_HOST: host,
      MYSQL_PORT,
      MYSQL_USER: user,
      MYSQL_PASSWORD: password,
      MYSQL_DATABASE,
    } = stores.settings;
    const login = { host, port: Number(MYSQL_PORT), user, password, database: MYSQL_DATABASE };
    const connection = await createConnection(login);
    for (const statement of statements) await connection.query(statement);
    await connection.end();
  };

  it('may not write, whatever its user may do', async () => {
    const { values } = loadConfig({ DATA_DIR: makeTempFolder(), ...stores.settings });
    const database = await openForReading(values, [IdBlockEntity]);
    const write = () => database.transaction((tx) => tx.update(IdBlockEntity, { kind: 'body' }, { next: 1 }));
    await expect(write()).rejects.toThrow(/READ ONLY/);
    await expect(database.reads.update(IdBlockEntity, { kind: 'body' }, { next: 1 })).rejects.toThrow(/READ ONLY/);
    await database.close();
  });

  it('finds nothing in what the server wrote, and names everything that was done to it', async () => {
    const before = await verdictOn(stored.dataDir, stores.settings);
    expect(before.damage).toEqual([]);
    expect(before.lines).toEqual(expect.arrayContaining(['8 changes seen', '5 messages seen', '5 bodies seen']));

    const { group, direct, messages, directMessage, eve } = stored;
    const [first] = messages;
    await damage(
      `DELETE FROM message_bodies WHERE id = (SELECT body_id FROM messages WHERE id = ${directMessage})`,
      `DELETE FROM messages WHERE id = ${first}`,
      `UPDATE chats SET is_active = 0 WHERE id = ${direct}`,
      `UPDATE chat_participants SET read_seq = 99 WHERE chat_id = ${group} AND user_id = ${eve}`,
      "UPDATE id_blocks SET next = 2 WHERE kind = 'message'",
    );
    const after = await verdictOn(stored.dataDir, stores.settings);
    expect(after.isSound).toBe(false);
    const wanted = [
      `sequence: chat ${group}: seq 1 is missing`,
      `pointer: message ${directMessage} (chat ${direct}, seq 1): points to body 6, which does not exist`,
      'body: body 1: nothing points to it',
      `membership: chat ${direct}: is closed`,
      `membership: chat ${group}: member ${eve} has read_seq 99`,
      'id: id_blocks message: next is 2',
    ];
    for (const line of wanted) expect(after.damage).toContainEqual(expect.stringContaining(line));
  });
});
