import type { Outcome, PresenceStore, Step } from './presence-store';

const MAX_STEPS_AT_ONCE = 1000;
/** More than this said since the beginning and not yet sent, and what has become of it is told anew from what is open then. */
const MAX_WAITING = 200_000;

interface Waiting {
  readonly step: Step;
  /** For an `open`: is told the person's connections; undefined if that can't be known. */
  readonly answer?: (total: number | undefined) => void;
  /** Who waits for this and all before it. */
  onSaid?: (() => void)[];
}

/**
 * What this node has to say, in order: all of one turn, and all that comes while a call is under way, in one call.
 * It ends for good when a call fails: nobody knows then what was carried out, and everything is told anew.
 */
export class PresenceOutbox {
  private waiting: Waiting[] = [];
  private underWay: readonly Waiting[] = [];
  private maxWaiting = MAX_WAITING;
  private isEnded = false;
  private sending: Promise<void> | undefined;

  /**
   * @param onOutcome what each call has changed
   * @param onEnd is called once, if a call has failed or the node has lost its place
   */
  constructor(
    private readonly store: PresenceStore,
    readonly node: string,
    private readonly onOutcome: (outcome: Outcome) => void,
    private readonly onEnd: (error: unknown) => void,
  ) {}

  /** What there is at the beginning, however much that is. */
  begin(steps: Iterable<Step>): void {
    for (const step of steps) {
      this.maxWaiting++;
      this.push({ step });
    }
  }

  add(...steps: readonly Step[]): void {
    for (const step of steps) this.push({ step });
  }

  /** Resolves with the person's connections on all nodes; undefined if that can't be known. */
  open(userId: number, transport: string): Promise<number | undefined> {
    return new Promise((answer) => this.push({ step: ['open', userId, transport], answer }));
  }

  /** Resolves when all that was added until now is said, or it has ended. */
  async whenSaid(): Promise<void> {
    const last = this.waiting.at(-1) ?? this.underWay.at(-1);
    if (last && !this.isEnded) await new Promise<void>((resolve) => (last.onSaid ??= []).push(resolve));
  }

  /** Resolves when there is nothing left to say, or it has ended. */
  async drain(): Promise<void> {
    await this.sending;
  }

  end(): void {
    this.isEnded = true;
    for (const entry of [...this.underWay, ...this.waiting]) settle(entry, undefined);
    this.waiting = [];
  }

  private push(entry: Waiting): void {
    if (this.waiting.length >= this.maxWaiting) this.fail(new Error(`more than ${MAX_WAITING} steps wait`));
    if (this.isEnded) return entry.answer?.(undefined);
    this.waiting.push(entry);
    this.sending ??= this.send();
  }

  private async send(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0 && !this.isEnded) {
      this.underWay = this.waiting.splice(0, MAX_STEPS_AT_ONCE);
      try {
        const outcome = await this.store.apply(
          this.node,
          this.underWay.map(({ step }) => step),
        );
        if (!outcome) throw new Error('the node is taken for dead');
        this.onOutcome(outcome);
        const totals = outcome.totals.values();
        for (const entry of this.underWay) settle(entry, entry.step[0] === 'open' ? totals.next().value : undefined);
      } catch (error) {
        this.fail(error);
      }
      this.underWay = [];
    }
    this.sending = undefined;
  }

  private fail(error: unknown): void {
    if (this.isEnded) return;
    this.end();
    this.onEnd(error);
  }
}

function settle({ answer, onSaid }: Waiting, total: number | undefined): void {
  answer?.(total);
  for (const tell of onSaid ?? []) tell();
}
