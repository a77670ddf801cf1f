import { spawnSync } from 'node:child_process';
import { constants, cpus, setPriority } from 'node:os';

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
 * Leaves the core to whoever else wants it. Where `chrt` is missing by a low priority, with which this process keeps the
 * core to the end of its slice, up to 4 ms, when somebody else wakes.
 */
export function yieldCore(): void {
  setPriority(constants.priority.PRIORITY_LOW);
  spawnSync('chrt', ['--idle', '--all-tasks', '--pid', '0', String(process.pid)]);
}

function moveTo(cores: string): void {
  spawnSync('taskset', ['-acp', cores, String(process.pid)]);
}
