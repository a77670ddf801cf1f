import { Injectable } from '@nestjs/common';
import { Config, ServiceBusy } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { MediaQuotaExceeded, MediaTooLarge } from '../media.errors';
import { MediaRepository } from '../persistence/media.repository';
import { MediaUploadsRepository } from '../persistence/media-uploads.repository';

/** Uploads of one node at the same time; each holds a file and some chunks. */
const MAX_AT_ONCE = 256;

/** What one upload may still bring. */
export interface Allowance {
  /** Before so many bytes are written. @throws MediaTooLarge, MediaQuotaExceeded */
  take(bytes: number): void;
  /** It is stored, or given up. */
  end(): void;
}

/** Keeps users within their quota, also while many of their uploads run at once. */
@Injectable()
export class UploadAllowance {
  private readonly maxBytes: number;
  private readonly quotaBytes: number;
  private running = 0;
  /** Bytes on their way, or announced, by user. */
  private readonly underWay = new Map<number, number>();

  constructor(
    private readonly media: MediaRepository,
    private readonly uploads: MediaUploadsRepository,
    { values }: Config,
  ) {
    this.maxBytes = values.MEDIA_MAX_BYTES;
    this.quotaBytes = values.MEDIA_QUOTA_BYTES;
  }

  /**
   * @param expectedBytes what the sender announces, if anything: refused before it is sent, or kept free until the end, so
   *   that of too many at once as many as fit come through
   * @throws MediaTooLarge, MediaQuotaExceeded, ServiceBusy
   */
  async begin(userId: number, expectedBytes: number): Promise<Allowance> {
    this.requireAllowedSize(expectedBytes);
    const used = await this.sumUsed(userId);
    this.requireFree(userId, used + expectedBytes);
    const leave = this.enter();
    let [taken, reserved] = [0, expectedBytes];
    this.add(userId, reserved);
    return {
      take: (bytes) => {
        taken += bytes;
        this.requireAllowedSize(taken);
        if (taken <= reserved) return;
        this.requireFree(userId, used + taken - reserved);
        this.add(userId, taken - reserved);
        reserved = taken;
      },
      end: () => {
        leave();
        this.add(userId, -reserved);
      },
    };
  }

  /** For what counts against the quota already. @throws ServiceBusy */
  beginReserved(): Allowance {
    const end = this.enter();
    let taken = 0;
    return { take: (bytes) => this.requireAllowedSize((taken += bytes)), end };
  }

  /**
   * The last word, in the transaction that stores the row: uploads of one user decide one after the other, on all nodes.
   * @throws MediaQuotaExceeded
   */
  async requireRoom(tx: EntityManager, userId: number, bytes: number): Promise<void> {
    await this.media.lockUploader(tx, userId);
    if ((await this.sumUsed(userId, tx)) + bytes > this.quotaBytes) throw new MediaQuotaExceeded(this.quotaBytes);
  }

  /** @throws MediaTooLarge */
  requireAllowedSize(bytes: number): void {
    if (bytes > this.maxBytes) throw new MediaTooLarge(this.maxBytes);
  }

  /**
   * Takes one of the places for uploads under way.
   * @returns what gives it back
   * @throws ServiceBusy
   */
  enter(): () => void {
    if (this.running >= MAX_AT_ONCE) throw new ServiceBusy(`${MAX_AT_ONCE} uploads are under way; try again.`, 5);
    this.running++;
    return () => void this.running--;
  }

  /** @param bytes stored or to come, beside those under way. @throws MediaQuotaExceeded */
  private requireFree(userId: number, bytes: number): void {
    if (bytes + (this.underWay.get(userId) ?? 0) > this.quotaBytes) throw new MediaQuotaExceeded(this.quotaBytes);
  }

  /** Bytes that are stored, or announced by uploads that come in parts. */
  private async sumUsed(userId: number, view?: EntityManager): Promise<number> {
    return (await this.media.sumSizes(userId, view)) + (await this.uploads.sumAnnounced(userId, view));
  }

  private add(userId: number, bytes: number): void {
    const sum = (this.underWay.get(userId) ?? 0) + bytes;
    if (sum === 0) this.underWay.delete(userId);
    else this.underWay.set(userId, sum);
  }
}
