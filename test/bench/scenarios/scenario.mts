import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../report/row.mts';
import type { Scope } from '../scope.mts';

export interface Run {
  readonly rounds: number;
  /** How long the load lasts in each round. */
  readonly seconds: number;
  /** Smaller stores: for a look, not for figures. */
  readonly isQuick: boolean;
  /** Where profiles go, if there are to be any. */
  readonly profiles: string | undefined;
}

export interface Scenario {
  readonly name: string;
  /** In which it must be over, all rounds and preparations included. */
  readonly limitSeconds: number;
  measure(run: Run, scope: Scope): Promise<Row[]>;
}

/** Where the profile of a server goes; one of a later round takes the place of an earlier one's. */
export function profileFile({ profiles }: Run, name: string): string | undefined {
  if (profiles === undefined) return undefined;
  mkdirSync(profiles, { recursive: true });
  return join(profiles, `${name}.cpuprofile`);
}

/** One after the other in each round, so that what else the machine does falls on all. @returns each one's results */
export async function inTurns<Result>(
  rounds: number,
  contestants: readonly ((round: number) => Promise<Result>)[],
): Promise<Result[][]> {
  const results = contestants.map((): Result[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) results[index]?.push(await contestant(round));
  }
  return results;
}
