import { INestApplicationContext } from '@nestjs/common';
import {
  Database,
  findRows,
  insertRows,
  integerColumn,
  integerKey,
  isOneOf,
  timeColumn,
  updateRows,
} from '@app/database';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { describeWith } from '../support/servers';
import { openStore } from './store';

/** A column of every kind that the product has; names that must be quoted, and that differ from the properties. */
@Entity('test_notes')
class NoteEntity {
  @PrimaryColumn(integerKey())
  id: number;

  @Column({ type: 'text', nullable: true, name: 'order' })
  text: string | null;

  @Column({ type: 'boolean', name: 'is_read' })
  isRead: boolean;

  @Column(integerColumn({ name: 'reply_to', nullable: true }))
  replyTo: number | null;

  @Column(timeColumn({ name: 'written_at', nullable: true }))
  writtenAt: Date | null;

  @Column({ type: 'varchar', length: 16, nullable: true, default: 'plain' })
  kind: string | null;
}

const AT = new Date('2026-02-03T04:05:06.789Z');

function noteOf(id: number): NoteEntity {
  const isOdd = id % 2 === 1;
  return {
    id,
    text: isOdd ? `'?" ${id} é😀` : null,
    isRead: isOdd,
    replyTo: isOdd ? 2 ** 53 - id : null,
    writtenAt: isOdd ? AT : null,
    kind: isOdd ? 'special' : null,
  };
}

function describeRows(settingsOf: () => Record<string, string>): void {
  let app: INestApplicationContext;
  let database: Database;

  beforeAll(async () => {
    app = await openStore(settingsOf(), { entities: [NoteEntity] });
    database = app.get(Database);
  });
  afterAll(() => app.close());
  beforeEach(() => database.transaction((tx) => tx.createQueryBuilder().delete().from(NoteEntity).execute()));

  const fill = async (count: number): Promise<NoteEntity[]> => {
    const notes = Array.from({ length: count }, (_, index) => noteOf(index + 1));
    await database.transaction((tx) => insertRows(tx, NoteEntity, notes));
    return notes;
  };
  const readAll = () => database.reads.find(NoteEntity, { order: { id: 'ASC' } });

  it.each([0, 1, 2, 3, 100, 256])(
    'stores %i rows as TypeORM reads them, and reads them as TypeORM does',
    async (count) => {
      const notes = await fill(count);
      expect(await readAll()).toEqual(notes);
      const found = await database.transaction((tx) =>
        findRows(tx, NoteEntity, 'WHERE id > ? ORDER BY id', [0], database.forUpdate),
      );
      expect(found).toEqual(notes);
    },
  );

  it('stores as null what no row has, whatever its default', async () => {
    const notes = [2, 4].map(noteOf);
    await database.transaction((tx) => insertRows(tx, NoteEntity, notes));
    expect(await readAll()).toEqual(notes);
  });

  it('stores nothing of a commit with a row that can not be stored', async () => {
    const notes = [3, 4, 4, 5].map(noteOf);
    const work = database.transaction(async (tx) => {
      await insertRows(tx, NoteEntity, [noteOf(1), noteOf(2)]);
      await insertRows(tx, NoteEntity, notes);
    });
    await expect(work).rejects.toThrow();
    expect(await readAll()).toEqual([]);
  });

  it('finds the rows of tuples, however many, once each', async () => {
    const notes = await fill(9);
    const tuples = [3, 5, 9, 5, 7].map((id) => [id, noteOf(id).text]);
    const found = await database.transaction((tx) => {
      const { sql, parameters } = isOneOf(tx, ['id', tx.connection.driver.escape('order')], [...tuples, [1, 'other']]);
      return findRows(tx, NoteEntity, `WHERE ${sql} ORDER BY id`, parameters);
    });
    expect(found).toEqual(notes.filter(({ id }) => [3, 5, 7, 9].includes(id)));
  });

  it.each([0, 1, 5])('changes %i rows, each to its own, and nothing else of them', async (count) => {
    const notes = await fill(7);
    const changed = notes.slice(0, count).map((note) => ({
      ...note,
      isRead: !note.isRead,
      writtenAt: note.writtenAt ? null : AT,
      text: 'not to be stored',
    }));
    await database.transaction((tx) => updateRows(tx, NoteEntity, ['isRead', 'writtenAt'], changed));
    const expected = changed.map((note, index) => ({ ...note, text: notes[index]?.text ?? null }));
    expect(await readAll()).toEqual([...expected, ...notes.slice(count)]);
  });
}

describe('rows of the embedded store', () => describeRows(() => ({})));

describeWith(['mariadb'], 'rows of MariaDB', (stores) => describeRows(() => stores.settings));
