import { Injectable } from '@nestjs/common';

/** Files that this node is receiving right now: the sweeper leaves them alone. */
@Injectable()
export class UploadsUnderWay {
  private readonly mediaIds = new Set<number>();

  has(mediaId: number): boolean {
    return this.mediaIds.has(mediaId);
  }

  async during<Result>(mediaId: number, work: () => Promise<Result>): Promise<Result> {
    this.mediaIds.add(mediaId);
    try {
      return await work();
    } finally {
      this.mediaIds.delete(mediaId);
    }
  }
}
