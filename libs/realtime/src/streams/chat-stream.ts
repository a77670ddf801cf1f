import type { ChatChange } from '@app/chats';
import type { DomainEvent } from '@app/platform';

export type Change = DomainEvent<ChatChange>;

/**
 * Changes that wait for one before them, at most; more are read from the database when their turn comes.
 * Several commits of one node, each of some hundred changes, may overtake one of another.
 */
const MAX_HELD = 2048;

/**
 * The changes of one chat on their way to this node's sockets: each once and in order, whatever the bus does to them.
 * While nobody hears it, it only keeps up: what is passed over then is missed by nobody.
 */
export class ChatStream {
  /** Connections that need it: those that hear the chat, and those that are about to. */
  holders = 0;
  /** Until other nodes' events about the chat arrive. */
  following: Promise<void> | undefined;
  /** Something may have been missed; it is looked up once somebody hears the chat. */
  isInDoubt = false;
  private listeners = 0;
  private last = 0;
  private known = 0;
  private readonly held = new Map<number, Change>();

  /**
   * @param tell hands a change to everybody here; may let listeners come and go
   * @param onHole is called when changes are missing; again and again, until they have come
   */
  constructor(
    readonly chatId: number,
    private readonly tell: (change: Change) => void,
    private readonly onHole: (stream: ChatStream) => void,
  ) {}

  /** The number of the latest change that was told here. */
  get lastSeq(): number {
    return this.last;
  }

  get isHeard(): boolean {
    return this.listeners > 0;
  }

  /** True if a change is known to have happened that listeners wait for. */
  get hasHole(): boolean {
    return this.isHeard && this.last < this.known;
  }

  /** How many changes are missing before the next one that is there. */
  get holeSize(): number {
    return Math.min(...this.held.keys(), this.known + 1) - this.last - 1;
  }

  addListener(): void {
    this.listeners++;
  }

  removeListener(): void {
    this.listeners--;
    if (!this.isHeard) this.held.clear();
  }

  /** The database says that the latest change is `seq`: where nobody hears yet, that is where to go on from. */
  reached(seq: number): void {
    if (!this.isHeard) this.last = Math.max(this.last, seq);
    this.expect(seq);
  }

  /** From the bus or from the database, as often as may be. */
  accept(change: Change): void {
    const { seq } = change.data;
    if (seq <= this.last) return;
    if (this.isHeard && seq > this.last + 1) {
      if (this.held.size < MAX_HELD) this.held.set(seq, change);
      this.expect(seq);
      return;
    }
    this.tellNext(change);
    if (this.held.size > 0) this.tellHeld();
  }

  /** Gives up what is missing and can't be had. Clients see a hole in the numbers, and ask for it themselves. */
  skipHole(): void {
    this.last += this.holeSize;
    this.tellHeld();
  }

  private expect(seq: number): void {
    if (seq > this.known) this.known = seq;
    if (this.hasHole) this.onHole(this);
  }

  private tellHeld(): void {
    for (let next = this.held.get(this.last + 1); next; next = this.held.get(this.last + 1)) this.tellNext(next);
  }

  private tellNext(change: Change): void {
    const { seq } = change.data;
    this.last = seq;
    this.held.delete(seq);
    this.tell(change);
  }
}
