import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, OnModuleDestroy } from '@nestjs/common';
import { Database } from '@app/database';
import { Clock } from '@app/platform';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';
import { UploadInUse, UploadNotFound } from './resumable.errors';

/** A node that ends without a word keeps others waiting so long. Clocks of nodes may differ by less than that. */
const LEASE_MS = 10_000;
const RENEW_MS = 2000;
const ASK_AGAIN_MS = 250;
const PATIENCE_MS = 15_000;

/** Gives it back. Never rejects: what is not given back lapses. */
export type Release = () => Promise<void>;

/**
 * Lets one request at a time write to an upload, on all nodes: its row says who. Whoever comes later counts more, since the
 * one before often hangs on a connection that is lost: it is asked to stop and to leave what it has.
 */
@Injectable()
export class UploadLocks implements OnModuleDestroy {
  private readonly logger = new Logger(UploadLocks.name);
  /** What makes the holders on this node stop. */
  private readonly stops = new Map<string, () => void>();

  constructor(
    private readonly database: Database,
    private readonly uploads: MediaUploadsRepository,
    private readonly clock: Clock,
  ) {}

  /** Parts that are coming in end here; the client goes on from there elsewhere. */
  onModuleDestroy(): void {
    for (const stop of this.stops.values()) stop();
  }

  /**
   * @param stop called once somebody waits for it, or when it is lost: stop writing, and release
   * @throws UploadInUse when the one before does not stop, UploadNotFound
   */
  async acquire(uploadId: string, stop: () => void, signal: AbortSignal): Promise<Release> {
    const holder = randomUUID();
    const patience = this.now() + PATIENCE_MS;
    this.stops.get(uploadId)?.();
    while (!(await this.take(uploadId, holder))) {
      if (signal.aborted || this.now() > patience) throw new UploadInUse();
      await setTimeout(ASK_AGAIN_MS);
    }
    return this.hold(uploadId, holder, stop);
  }

  private hold(uploadId: string, holder: string, stop: () => void): Release {
    this.stops.set(uploadId, stop);
    let goodUntil = this.now() + LEASE_MS;
    const renew = async (): Promise<void> => {
      const isOurs = await this.renew(uploadId, holder).catch(() => undefined);
      if (isOurs === true) goodUntil = this.now() + LEASE_MS;
      else if (isOurs === false || this.now() > goodUntil) stop();
    };
    const timer = setInterval(() => void renew(), RENEW_MS).unref();
    return async () => {
      clearInterval(timer);
      if (this.stops.get(uploadId) === stop) this.stops.delete(uploadId);
      await this.giveBack(uploadId, holder);
    };
  }

  /** @returns whether it is ours now; if not, the holder is told that somebody waits */
  private take(uploadId: string, holder: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const row = await this.uploads.lock(tx, uploadId);
      if (!row) throw new UploadNotFound();
      const isFree = row.holder === null || (row.heldUntil?.getTime() ?? 0) < this.now();
      const change = isFree ? { holder, heldUntil: this.leaseEnd(), isWanted: false } : { isWanted: true };
      await tx.update(MediaUploadEntity, { id: uploadId }, change);
      return isFree;
    });
  }

  /** @returns whether it is ours still, and nobody waits for it */
  private renew(uploadId: string, holder: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const row = await this.uploads.lock(tx, uploadId);
      if (row?.holder !== holder) return false;
      await tx.update(MediaUploadEntity, { id: uploadId }, { heldUntil: this.leaseEnd() });
      return !row.isWanted;
    });
  }

  private async giveBack(uploadId: string, holder: string): Promise<void> {
    try {
      await this.database.transaction((tx) =>
        tx.update(MediaUploadEntity, { id: uploadId, holder }, { holder: null, heldUntil: null, isWanted: false }),
      );
    } catch (error) {
      this.logger.warn({ err: error }, 'an upload could not be given back; others wait until it lapses');
    }
  }

  private leaseEnd(): Date {
    return new Date(this.now() + LEASE_MS);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
