import { availableParallelism } from 'node:os';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { ServiceBusy, ServiceStopping } from '@app/platform';
import { PictureTooLarge, PictureUnreadable } from '../media.errors';
import { CLEANED, MAX_MEGAPIXELS, MAX_MEMORY_BYTES, THUMBNAIL_PIXELS } from './picture-limits';
import type { AnswerTo, PictureAnswer, Task } from './picture-process';
import { PictureWorker } from './picture-worker';

const MAX_WORKERS = Math.max(1, Math.min(4, availableParallelism() - 1));
const MAX_WAITING = 64 * MAX_WORKERS;

export type PreparedPicture = Exclude<PictureAnswer, { readonly problem: string }>;

/** Makes of a picture what others may receive, and looks into recordings, in processes with limits on time and memory. */
@Injectable()
export class Pictures implements OnApplicationShutdown {
  private readonly workers = Array.from({ length: MAX_WORKERS }, () => new PictureWorker());
  private readonly free = [...this.workers];
  private readonly waiting: ((worker: PictureWorker | undefined) => void)[] = [];
  private isStopping = false;

  /**
   * Beside `original` in the folder it puts the thumbnails, and `CLEANED` if the picture told more than it shows.
   * @throws PictureTooLarge, PictureUnreadable, ServiceBusy, ServiceStopping
   */
  async prepare(folder: string, contentType: string): Promise<PreparedPicture> {
    const answer = await this.run({
      kind: 'picture',
      folder,
      contentType,
      maxPixels: MAX_MEGAPIXELS * 1_000_000,
      maxMemoryBytes: MAX_MEMORY_BYTES,
      thumbnails: THUMBNAIL_PIXELS,
      cleanedName: CLEANED,
    });
    if (!('problem' in answer)) return answer;
    throw answer.problem === 'too large' ? new PictureTooLarge() : new PictureUnreadable();
  }

  /**
   * Of sound or video, in milliseconds; null if the file does not tell.
   * @throws ServiceBusy, ServiceStopping
   */
  async findDuration(path: string): Promise<number | null> {
    const answer = await this.run({ kind: 'duration', path, maxMemoryBytes: MAX_MEMORY_BYTES });
    return 'problem' in answer ? null : answer.durationMs;
  }

  onApplicationShutdown(): void {
    this.isStopping = true;
    for (const give of this.waiting.splice(0)) give(undefined);
    for (const worker of this.workers) worker.stop();
  }

  private async run<Asked extends Task>(task: Asked): Promise<AnswerTo<Asked>> {
    const worker = await this.take();
    try {
      const answer = await worker.run(task);
      // It may not have been the file that ended the work.
      if ('problem' in answer && this.isStopping) throw new ServiceStopping();
      return answer;
    } finally {
      this.giveBack(worker);
    }
  }

  private async take(): Promise<PictureWorker> {
    if (this.waiting.length >= MAX_WAITING) throw new ServiceBusy('Too many pictures are waiting.', 5);
    const worker = this.isStopping ? undefined : (this.free.pop() ?? (await this.waitForWorker()));
    if (!worker) throw new ServiceStopping();
    return worker;
  }

  private waitForWorker(): Promise<PictureWorker | undefined> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private giveBack(worker: PictureWorker): void {
    const next = this.waiting.shift();
    if (next) next(worker);
    else this.free.push(worker);
  }
}
