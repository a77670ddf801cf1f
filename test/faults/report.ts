import { appendFileSync } from 'node:fs';
import type { Verdict } from './verdict';

const IS_FULL = process.env.FAULTS === 'full';

/** How often a fault is made: a few times in every run of the tests, often by `npm run faults`. */
export function times(few: number, many: number): number {
  return IS_FULL ? many : few;
}

/** A row of the table; `npm run faults` prints them all. */
export function report(fault: string, verdict: Verdict): void {
  const { runs, acknowledged, lost, doubled, gaps, dangling } = verdict;
  const row = `| ${[fault, runs, acknowledged, lost, doubled, gaps, dangling].join(' | ')} |\n`;
  if (process.env.FAULTS_REPORT) appendFileSync(process.env.FAULTS_REPORT, row);
}

/** A time that was measured, for the second table. */
export function reportTime(what: string, ms: number): void {
  if (process.env.FAULTS_TIMES) appendFileSync(process.env.FAULTS_TIMES, `| ${what} | ${Math.round(ms)} |\n`);
}

export interface Overload {
  /** Messages a second: what is answered at once, and what is stored while four times that is sent. */
  readonly sustained: number;
  readonly stored: number;
  readonly refused: number;
  /** The 99th percentile, as the clients see it. */
  readonly answerMs: number;
  readonly readMs: number;
  /** Before and after, of the first node. */
  readonly heldMb: readonly number[];
  readonly residentMb: readonly number[];
}

/** A row of the third table. */
export function reportOverload(store: string, figures: Overload): void {
  const { sustained, stored, refused, answerMs, readMs, heldMb, residentMb } = figures;
  const change = (values: readonly number[]): string => values.map(Math.round).join(' → ');
  const numbers = [sustained, stored, refused, answerMs, readMs].map(Math.round);
  const row = `| ${[store, ...numbers, change(heldMb), change(residentMb)].join(' | ')} |\n`;
  if (process.env.FAULTS_OVERLOADS) appendFileSync(process.env.FAULTS_OVERLOADS, row);
}
