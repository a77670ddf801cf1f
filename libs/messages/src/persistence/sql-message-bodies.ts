import { Injectable } from '@nestjs/common';
import { Database, findRows, insertRows, isOneOf } from '@app/database';
import { StoreProbes } from '@app/platform';
import { EntityManager, In } from 'typeorm';
import { bodyFrom, MessageBodies, NewBody, StoredBody } from '../message-bodies';
import { MessageBodyEntity } from './message-body.entity';

/** Bodies in the metadata store: they come and go in the same transaction as what points to them. */
@Injectable()
export class SqlMessageBodies extends MessageBodies {
  constructor(
    private readonly database: Database,
    probes: StoreProbes,
  ) {
    super();
    // They stand beside the metadata: one sign of life speaks for both.
    probes.add({ name: 'bodies', kind: 'beside the metadata', isVital: true, ask: () => database.ping() });
  }

  async stage(): Promise<void> {
    // They are written in the transaction.
  }

  async add(tx: EntityManager, bodies: readonly NewBody[]): Promise<void> {
    const rows = bodies.map(({ id, content, extras = null }): MessageBodyEntity => ({ id, content, extras }));
    await insertRows(tx, MessageBodyEntity, rows);
  }

  discard(): void {
    // What was not added was never written.
  }

  async findBodies(bodyIds: readonly number[], view?: EntityManager): Promise<Map<number, StoredBody>> {
    if (bodyIds.length === 0) return new Map();
    const reads = view ?? this.database.reads;
    const ids = bodyIds.map((id) => [id]);
    const { sql, parameters } = isOneOf(reads, ['id'], ids);
    const bodies = await findRows(reads, MessageBodyEntity, `WHERE ${sql}`, parameters);
    return new Map(bodies.map(({ id, content, extras }) => [id, bodyFrom(content, extras)]));
  }

  async remove(tx: EntityManager, bodyIds: readonly number[]): Promise<void> {
    if (bodyIds.length === 0) return;
    await tx.delete(MessageBodyEntity, { id: In([...bodyIds]) });
  }
}
