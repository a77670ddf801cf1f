import { TooManyFrames } from './sockets.errors';

/** Frames of one connection that wait for their answer at most. */
const MAX_FRAMES_IN_FLIGHT = 1000;

/** A frame that has taken its place in the order of things, and its answer to come. */
export interface Started<Answer> {
  readonly answer: Promise<Answer>;
}

/**
 * Keeps what one socket sends in order: a frame is started when the one before it has taken its place,
 * which is long before that one is answered. So a client can send a hundred messages that share a commit.
 */
export class Inbox {
  private tail: Promise<unknown> = Promise.resolve();
  private inFlight = 0;

  /** @throws TooManyFrames */
  async receive<Answer>(start: () => Promise<Started<Answer>>): Promise<Answer> {
    if (this.inFlight >= MAX_FRAMES_IN_FLIGHT) throw new TooManyFrames(MAX_FRAMES_IN_FLIGHT);
    this.inFlight++;
    try {
      const started = this.tail.then(start);
      this.tail = started.catch(() => undefined);
      return await (
        await started
      ).answer;
    } finally {
      this.inFlight--;
    }
  }
}
