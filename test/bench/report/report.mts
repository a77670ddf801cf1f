import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../scenarios/scenario.mts';
import { canPin } from '../servers/cores.mts';
import type { Row } from './row.mts';

export interface Report {
  readonly machine: Readonly<Record<string, string>>;
  readonly method: Readonly<Record<string, string>>;
  /** What the load can do when the server costs nothing. */
  readonly calibration: readonly string[];
  readonly rows: readonly Row[];
  readonly failures: readonly { readonly scenario: string; readonly reason: string }[];
}

export function describeMachine(): Record<string, string> {
  const load = loadavg().map((value) => value.toFixed(1));
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${platform()} ${release()}, Node ${process.version}, Socket.IO ${versionOf('socket.io')}`,
    revision: revision(),
    'load of the machine when it began': `${load.join(', ')} (1, 5 and 15 minutes)`,
  };
}

export function describeMethod(run: Run): Record<string, string> {
  return {
    rounds: `medians of ${run.rounds}, in turns, of ${run.seconds} s each${run.isQuick ? '; **quick: smaller stores**' : ''}`,
    cores: canPin
      ? 'server on core 0, load on core 1; stores where the system puts them'
      : '**not pinned**: no taskset here',
    ...(run.profiles === undefined ? {} : { profiled: '**figures are lower for it**' }),
  };
}

function versionOf(name: string): string {
  const path = join(import.meta.dirname, '../../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Of the source, where there is a repository. */
function revision(): string {
  try {
    const cwd = import.meta.dirname;
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}
