import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { EntityManager, In } from 'typeorm';
import { MessageBodies, NewBody } from '../message-bodies';
import { MessageBodyEntity } from './message-body.entity';

/** Bodies in the metadata store: they come and go in the same transaction as what points to them. */
@Injectable()
export class SqlMessageBodies extends MessageBodies {
  constructor(private readonly database: Database) {
    super();
  }

  async add(tx: EntityManager, bodies: readonly NewBody[]): Promise<void> {
    await tx.insert(MessageBodyEntity, [...bodies]);
  }

  async findContents(bodyIds: readonly number[], view?: EntityManager): Promise<Map<number, string>> {
    if (bodyIds.length === 0) return new Map();
    const bodies = await (view ?? this.database.reads).findBy(MessageBodyEntity, { id: In([...bodyIds]) });
    return new Map(bodies.map(({ id, content }) => [id, content]));
  }

  async remove(tx: EntityManager, bodyIds: readonly number[]): Promise<void> {
    await tx.delete(MessageBodyEntity, { id: In([...bodyIds]) });
  }
}
