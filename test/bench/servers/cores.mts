import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** Servers have a core of their own, and the load another. */
export const SERVER_CORE = 0;
const LOAD_CORE = 1;

const CORES = cpus().length;

/** Whether the system can keep a process on a core, and has two. */
export const canPin = CORES > 1 && spawnSync('taskset', ['-V']).status === 0;

let isLoadPinned = false;

/** Keeps this process and all of its threads on the load's core. */
export function pinLoad(): void {
  if (!canPin) return;
  isLoadPinned = true;
  moveTo(String(LOAD_CORE));
}

/** What the task starts may run anywhere: children inherit the cores of who starts them. */
export async function unpinned<Result>(task: () => Promise<Result>): Promise<Result> {
  if (!isLoadPinned) return task();
  moveTo(`0-${CORES - 1}`);
  try {
    return await task();
  } finally {
    pinLoad();
  }
}

/**
 * Lets a process have of its core what nobody else wants, where the system can: a low priority alone leaves it what is
 * left of its slice, up to 4 ms, when somebody else wakes.
 */
export function runWhenIdle(pid: number): void {
  spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(pid)]);
}

function moveTo(cores: string): void {
  spawnSync('taskset', ['-acp', cores, String(process.pid)]);
}
