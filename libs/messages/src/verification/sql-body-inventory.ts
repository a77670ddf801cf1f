import type { Database } from '@app/database';
import { In, MoreThan } from 'typeorm';
import { MessageBodyEntity } from '../persistence/message-body.entity';
import { BodyInventory, ListedBody } from './body-inventory';

/** Bodies in the metadata store. */
export class SqlBodyInventory extends BodyInventory {
  constructor(private readonly database: Pick<Database, 'reads'>) {
    super();
  }

  async listAfter(id: number, limit: number): Promise<ListedBody[]> {
    const rows = await this.database.reads.find(MessageBodyEntity, {
      select: { id: true },
      where: { id: MoreThan(id) },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map((row) => ({ id: row.id, writtenAt: null }));
  }

  async findExisting(ids: readonly number[]): Promise<Set<number>> {
    const where = { id: In([...ids]) };
    const rows = await this.database.reads.find(MessageBodyEntity, { select: { id: true }, where });
    return new Set(rows.map((row) => row.id));
  }

  async findHighestId(): Promise<number> {
    return Number((await this.database.reads.maximum(MessageBodyEntity, 'id')) ?? 0);
  }
}
