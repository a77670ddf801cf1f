import { randomUUID } from 'node:crypto';
import { Database } from '@app/database';
import { Clock } from '@app/platform';
import { BodySweepEntity } from '../body-sweep.entity';
import type { BodyPosition } from './body-collection';

const STORE = 'mongodb';
const LEASE_MS = 300_000;
const NOBODY = '';
const EPOCH = new Date(0);

/** Where the sweeper stands, and whose turn it is: one node at a time, since two would only do the work twice. */
export class SweepLease {
  private readonly holder = randomUUID();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The place to go on from; null while another node is at it. */
  async take(): Promise<BodyPosition | null> {
    await this.requireRow();
    return this.database.transaction(async (tx) => {
      const where = { store: STORE };
      const sweep = await tx.findOneOrFail(BodySweepEntity, { where, ...this.database.forUpdate });
      const now = this.clock.now();
      if (sweep.holder !== this.holder && sweep.leasedUntil > now) return null;
      await tx.update(BodySweepEntity, where, { holder: this.holder, leasedUntil: this.later(now) });
      return { at: sweep.seenUntil, bodyId: sweep.seenBodyId };
    });
  }

  /** Notes how far it came. False if another node has taken over since. */
  async advance({ at, bodyId }: BodyPosition): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const where = { store: STORE };
      const sweep = await tx.findOneOrFail(BodySweepEntity, { where, ...this.database.forUpdate });
      if (sweep.holder !== this.holder) return false;
      const leasedUntil = this.later(this.clock.now());
      await tx.update(BodySweepEntity, where, { seenUntil: at, seenBodyId: bodyId, leasedUntil });
      return true;
    });
  }

  async release(): Promise<void> {
    await this.database.transaction((tx) =>
      tx.update(BodySweepEntity, { store: STORE, holder: this.holder }, { holder: NOBODY, leasedUntil: EPOCH }),
    );
  }

  /** On its own: MySQL lets two who insert it share a lock on it, and neither could have it for itself after that. */
  private async requireRow(): Promise<void> {
    if (await this.database.reads.existsBy(BodySweepEntity, { store: STORE })) return;
    const first = { store: STORE, seenUntil: EPOCH, seenBodyId: 0, holder: NOBODY, leasedUntil: EPOCH };
    await this.database.transaction((tx) =>
      tx.createQueryBuilder().insert().into(BodySweepEntity).values(first).orIgnore().updateEntity(false).execute(),
    );
  }

  private later(now: Date): Date {
    return new Date(now.getTime() + LEASE_MS);
  }
}
