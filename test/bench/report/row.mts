/** What one of the compared came to, round by round. */
interface Figure {
  readonly name: string;
  readonly rounds: readonly number[];
}

/** A line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly base?: Figure;
  readonly ours: Figure;
  readonly goal: string;
  readonly isMet: boolean;
  /** The share of its time in which the load was busy, at its busiest. */
  readonly busy?: number;
  /** The most that one of the compared brought to all clients. */
  readonly deliveriesPerSecond?: number;
  /** Microseconds of the server's CPU, without those of its stores. */
  readonly cpuPerMessage?: { readonly base: number; readonly ours: number };
}

/** Busier than this, and the load may have been what was measured. */
export const MAX_BUSY = 0.9;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function ratioOf({ base, ours }: Pick<Row, 'base' | 'ours'>): number {
  return median(ours.rounds) / median(base?.rounds ?? []);
}

type Measured = Omit<Row, 'goal' | 'isMet'>;

/** @param wish where we want to be */
export function ratioAtLeast(row: Measured, goal: number, wish?: number): Row {
  return { ...row, goal: `≥ ${goal}${wish === undefined ? '' : ` (${wish})`}`, isMet: ratioOf(row) >= goal };
}

/** @param slack by how much ours may be more besides, in the row's unit */
export function ratioAtMost(row: Measured, goal: number, slack = 0): Row {
  const isMet = median(row.ours.rounds) <= goal * median(row.base?.rounds ?? []) + slack;
  return { ...row, goal: `≤ ${goal}${slack > 0 ? ` (+ ${slack} ${row.unit})` : ''}`, isMet };
}

export function valueAtMost(row: Measured, goal: number): Row {
  return { ...row, goal: `≤ ${goal} ${row.unit}`, isMet: median(row.ours.rounds) <= goal };
}
