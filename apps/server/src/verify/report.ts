import type { Finding, StoreCheck } from '@app/platform';

/** Lines for one kind at most; the rest is counted. Whoever has more of them needs a backup and not a list. */
const MAX_LINES_PER_KIND = 20;

/** What was found, for people: a line each, and the sums. */
export class Report {
  private readonly damage = new Map<Finding['kind'], number>();
  private readonly startedAt = performance.now();

  constructor(private readonly print: (line: string) => void) {}

  get isSound(): boolean {
    return this.damage.size === 0;
  }

  begin(store: string): void {
    this.print(`verifying ${store}`);
  }

  add({ kind, text, isHarmless = false }: Finding): void {
    if (isHarmless) {
      this.print(`note: ${text}`);
      return;
    }
    const count = (this.damage.get(kind) ?? 0) + 1;
    this.damage.set(kind, count);
    if (count <= MAX_LINES_PER_KIND) this.print(`${kind}: ${text}`);
    if (count === MAX_LINES_PER_KIND) this.print(`${kind}: more of these are counted, and not shown`);
  }

  note({ subject, seen }: StoreCheck): void {
    this.print(`${seen} ${subject} seen`);
  }

  end(): void {
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    const sums = [...this.damage].map(([kind, count]) => `${kind} ${count}`).join(', ');
    this.print(this.isSound ? `sound: nothing is wrong, after ${seconds} s` : `damaged: ${sums}, after ${seconds} s`);
  }
}
