import { Database } from '@app/database';
import { EventBus } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { bodyFrom, MessageBodies, NewBody, StoredBody } from '../../message-bodies';
import { BodiesRemoved, BodyCache } from './body-cache';
import type { BodyCollection } from './body-collection';
import type { BodyRemovals } from './body-removals';

/**
 * Bodies in MongoDB. They are written before the transaction that points to them, and removed after the one that takes
 * the pointers away: what is left over by a crash in between goes with {@link BodyRemovals} and the sweeper.
 */
export class MongoMessageBodies extends MessageBodies {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly bodies: BodyCollection,
    private readonly removals: BodyRemovals,
    private readonly cache: BodyCache,
  ) {
    super();
  }

  stage(bodies: readonly NewBody[]): Promise<void> {
    return this.bodies.insert(bodies);
  }

  async add(tx: EntityManager, bodies: readonly NewBody[]): Promise<void> {
    this.database.onCommitted(tx, () => {
      for (const { id, content, extras } of bodies) this.cache.put(id, bodyFrom(content, extras));
    });
  }

  discard(tx: EntityManager, bodyIds: readonly number[]): void {
    if (bodyIds.length === 0) return;
    // If that fails, they have to wait for the sweeper.
    this.database.onCommitted(tx, () => void this.bodies.delete(bodyIds).catch(() => undefined));
  }

  async findBodies(bodyIds: readonly number[]): Promise<Map<number, StoredBody>> {
    const found = new Map<number, StoredBody>();
    const unknown = new Set<number>();
    for (const bodyId of bodyIds) {
      const body = this.cache.find(bodyId);
      if (body) found.set(bodyId, body);
      else unknown.add(bodyId);
    }
    for (const { _id, content, extras } of await this.bodies.find([...unknown])) {
      const body = bodyFrom(content, extras);
      found.set(_id, body);
      this.cache.put(_id, body);
    }
    return found;
  }

  async remove(tx: EntityManager, bodyIds: readonly number[]): Promise<void> {
    if (bodyIds.length === 0) return;
    await this.removals.request(tx, bodyIds);
    this.database.onCommitted(tx, () => this.events.publish(BodiesRemoved({ bodyIds })));
  }
}
