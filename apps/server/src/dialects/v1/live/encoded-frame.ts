import type { Frame } from '../shapes/frames';

/** A frame and its JSON, which is made at most once, for whichever transports need it. */
export class EncodedFrame {
  private encoded: string | undefined;

  constructor(private readonly frame: Frame) {}

  get type(): string {
    return this.frame.type;
  }

  get json(): string {
    return (this.encoded ??= JSON.stringify(this.frame));
  }
}
