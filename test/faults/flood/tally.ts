import type { Problem } from '../../support/wire';

/** How many answers that nobody should get are kept to be shown. */
const SHOWN = 5;

/** What became of each message, under the key that its sender gave it. */
export class Tally {
  readonly stored = new Set<string>();
  /** Nothing was done of these. */
  readonly refused = new Set<string>();
  /** A store was not there in time, and may have it or not. */
  readonly unsure = new Set<string>();
  /** Answers that are neither, or that do not say when to come back. */
  readonly wrong: string[] = [];
  readonly waitsMs: number[] = [];

  /** @param retryAfter what the header says; sockets have none */
  note(key: string, answer: { ok: boolean; error?: Problem }, waitedMs: number, retryAfter?: string | null): void {
    this.waitsMs.push(waitedMs);
    if (answer.ok) this.stored.add(key);
    else if (isPolite(answer.error, retryAfter)) (isBusy(answer.error) ? this.refused : this.unsure).add(key);
    else if (this.wrong.length < SHOWN) this.wrong.push(`${JSON.stringify(answer)} Retry-After: ${retryAfter}`);
  }
}

function isPolite(error: Problem | undefined, retryAfter: string | null | undefined): boolean {
  const isUnavailable = error?.status === 503 && error.code.startsWith('service.');
  return isUnavailable && (retryAfter === undefined || Number(retryAfter) >= 1);
}

function isBusy(error: Problem | undefined): boolean {
  return error?.code === 'service.busy';
}

export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length * share)] ?? NaN;
}
