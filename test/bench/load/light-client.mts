import type { FrameListener } from './light-socket.mts';

const SEQ = Buffer.from('"seq":');
const OK = Buffer.from('"ok":true');
/** How far behind the beginning of an answer `"ok"` is looked for: it stands before the message. */
const OK_WITHIN_BYTES = 100;

/** With which bytes the frames of a wire begin; behind an answer's stands the number of what it answers. */
export interface Marks {
  readonly delivery: Buffer;
  readonly answer: Buffer;
}

/**
 * A member of one chat that sends, and counts what comes in by its `seq`: whatever is lost, doubled or out of order shows.
 * It reads no more of a frame than that.
 */
export abstract class LightClient implements FrameListener {
  deliveries = 0;
  /** Deliveries that did not follow the one before. */
  faults = 0;
  /** Pings of the server, each of which was answered. */
  pings = 0;
  /** For who wants to read more of a delivery. */
  onDelivery: ((bytes: Buffer, start: number, end: number) => void) | undefined;
  private lastSeq = -1;
  private seqOffset = 0;
  private nextId = 0;
  private readonly waiting = new Map<number, () => void>();
  private refusal: string | undefined;
  private readonly greeting = Promise.withResolvers<void>();
  private readonly marks: Marks;

  protected constructor(marks: Marks) {
    this.marks = marks;
  }

  abstract close(): void;

  protected abstract write(id: number, chatId: number, content: string): void;

  /** Whatever else came. */
  protected abstract onOther(text: string): void;

  /** Resolves when the server has said `connected`: from then on nothing is missed. */
  get isGreeted(): Promise<void> {
    return this.greeting.promise;
  }

  protected greet(): void {
    this.greeting.resolve();
  }

  /** @throws if it was refused */
  async send(chatId: number, content: string): Promise<void> {
    const id = this.nextId++;
    const answered = new Promise<void>((resolve) => this.waiting.set(id, resolve));
    this.write(id, chatId, content);
    await answered;
    if (this.refusal !== undefined) throw new Error(`a message was refused: ${this.refusal}`);
  }

  /** Whether the server has closed the connection, or refused something on it. */
  get isRefused(): boolean {
    return this.refusal !== undefined;
  }

  onPing(): void {
    this.pings++;
  }

  onClose(reason: string): void {
    this.refusal ??= reason;
    this.greeting.reject(new Error(reason));
    for (const resolve of this.waiting.values()) resolve();
  }

  onText(bytes: Buffer, start: number, end: number): void {
    if (stands(this.marks.delivery, bytes, start)) this.countDelivery(bytes, start, end);
    else if (stands(this.marks.answer, bytes, start)) this.takeAnswer(bytes, start + this.marks.answer.length, end);
    else this.onOther(bytes.toString('utf8', start, end));
  }

  /** The offset is nearly always that of the frame before. */
  private countDelivery(bytes: Buffer, start: number, end: number): void {
    if (!stands(SEQ, bytes, start + this.seqOffset)) this.seqOffset = bytes.indexOf(SEQ, start) - start;
    const seq = readNumber(bytes, start + this.seqOffset + SEQ.length);
    if (seq !== this.lastSeq + 1 && this.lastSeq >= 0) this.faults++;
    this.lastSeq = seq;
    this.deliveries++;
    this.onDelivery?.(bytes, start, end);
  }

  private takeAnswer(bytes: Buffer, start: number, end: number): void {
    const id = readNumber(bytes, start);
    if (!bytes.subarray(start, Math.min(end, start + OK_WITHIN_BYTES)).includes(OK)) {
      this.refusal = bytes.toString('utf8', start, end);
    }
    const resolve = this.waiting.get(id);
    this.waiting.delete(id);
    resolve?.();
  }
}

function stands(mark: Buffer, bytes: Buffer, at: number): boolean {
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false;
  return true;
}

/** The decimal number that begins at `at`. */
export function readNumber(bytes: Buffer, at: number): number {
  let value = 0;
  for (let index = at; ; index++) {
    const digit = (bytes[index] ?? 0) - 48;
    if (digit < 0 || digit > 9) return value;
    value = value * 10 + digit;
  }
}
