import { ServiceBusy } from '@app/platform';
import { TooManyFrames } from './sockets.errors';

/** Frames of one connection that wait for their answer at most. */
const MAX_FRAMES = 1000;
/** Of these, how many are being carried out: enough to share a commit, and not so many that others wait behind them. */
const MAX_STARTED = 100;
/** A frame waits no longer than this to be started: its sender is told to come back, and nothing of it was done. */
const MAX_WAIT_MS = 2000;

/** A frame that has taken its place in the order of things, and its answer to come. */
export interface Started<Answer> {
  readonly answer: Promise<Answer>;
}

/** Where frames come from: what stops and goes on reading. */
export interface FrameSource {
  pause(): void;
  resume(): void;
}

interface Waiting {
  readonly sinceMs: number;
  start(): void;
  refuse(error: ServiceBusy): void;
}

/**
 * Keeps what one socket sends in order: a frame is started when the one before it has taken its place,
 * which is long before that one is answered. So a client can send a hundred messages that share a commit.
 *
 * Who sends more than is carried out waits: nothing is read from the connection meanwhile, so that the network tells the
 * sender to be slower, and reading what will be refused takes no time from those who are served.
 */
export class Inbox {
  /** Settles when the frame that was begun last has taken its place; undefined when it has. */
  private tail: Promise<unknown> | undefined;
  private started = 0;
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly source: FrameSource) {}

  /** Rejects with TooManyFrames, ServiceBusy. */
  receive<Answer>(start: () => Promise<Started<Answer>>): Promise<Answer> {
    if (this.started < MAX_STARTED) return this.begin(start);
    if (this.started + this.waiting.length >= MAX_FRAMES) return Promise.reject(new TooManyFrames(MAX_FRAMES));
    return new Promise<Answer>((resolve, refuse) => {
      this.waiting.push({ sinceMs: performance.now(), start: () => resolve(this.begin(start)), refuse });
      if (this.waiting.length === 1) this.stopReading();
    });
  }

  private async begin<Answer>(start: () => Promise<Started<Answer>>): Promise<Answer> {
    this.started++;
    try {
      const { answer } = await this.place(this.tail === undefined ? start() : this.tail.then(start, start));
      return await answer;
    } finally {
      this.started--;
      this.startNext();
    }
  }

  private async place<Answer>(started: Promise<Started<Answer>>): Promise<Started<Answer>> {
    this.tail = started;
    try {
      return await started;
    } finally {
      if (this.tail === started) this.tail = undefined;
    }
  }

  private startNext(): void {
    const next = this.waiting.shift();
    if (!next) return;
    next.start();
    if (this.waiting.length === 0) this.goOnReading();
  }

  private stopReading(): void {
    this.source.pause();
    this.timer = setInterval(() => this.refuseLate(), MAX_WAIT_MS / 8).unref();
  }

  private goOnReading(): void {
    clearInterval(this.timer);
    this.source.resume();
  }

  private refuseLate(): void {
    const latest = performance.now() - MAX_WAIT_MS;
    const firstInTime = this.waiting.findIndex(({ sinceMs }) => sinceMs > latest);
    const late = this.waiting.splice(0, firstInTime === -1 ? this.waiting.length : firstInTime);
    for (const frame of late) {
      frame.refuse(new ServiceBusy(`The server is behind by more than ${MAX_WAIT_MS} ms; try again in a moment.`, 2));
    }
    if (this.waiting.length === 0) this.goOnReading();
  }
}
