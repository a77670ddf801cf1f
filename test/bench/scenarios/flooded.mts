import type { FloodResult } from '../load/flood.mts';
import { median, type Row } from '../report/row.mts';
import type { ServerProcess } from '../servers/processes.mts';

export interface Flooded extends FloodResult {
  /** Microseconds of the server's CPU for each message: what else the machine does changes it little. */
  readonly cpuPerMessage: number;
}

/** @param file for the profile, if there is to be one */
export async function floodServer(
  server: ServerProcess,
  file: string | undefined,
  task: () => Promise<FloodResult>,
): Promise<Flooded> {
  const before = await server.usage();
  const result = await server.profiled(file, task);
  const after = await server.usage();
  return { ...result, cpuPerMessage: (1000 * (after.cpuMs - before.cpuMs)) / result.messages };
}

/** What rows say of floods beside the rates themselves. */
export function compareFloods(
  names: { readonly base: string; readonly ours: string },
  bare: readonly Flooded[],
  ours: readonly Flooded[],
): Pick<Row, 'unit' | 'base' | 'ours' | 'busy' | 'deliveriesPerSecond' | 'cpuPerMessage'> {
  const all = [...bare, ...ours];
  const rates = (of: readonly Flooded[]) => of.map(({ messagesPerSecond }) => messagesPerSecond);
  const cpu = (of: readonly Flooded[]) => median(of.map(({ cpuPerMessage }) => cpuPerMessage));
  return {
    unit: 'messages/s',
    base: { name: names.base, rounds: rates(bare) },
    ours: { name: names.ours, rounds: rates(ours) },
    busy: Math.max(...all.map(({ busy }) => busy)),
    deliveriesPerSecond: Math.max(...all.map(({ deliveriesPerSecond }) => deliveriesPerSecond)),
    cpuPerMessage: { base: cpu(bare), ours: cpu(ours) },
  };
}
