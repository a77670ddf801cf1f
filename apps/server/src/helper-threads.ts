import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** The name of the threads with which V8 collects garbage and compiles beside the event loop: four, on any machine. */
const V8_HELPER = 'V8Worker';
/** Where all threads want the same core, the event loop's gets nine times as much of it as one of these. */
const NICENESS = 10;
const THREADS = '/proc/self/task';

/**
 * Lets V8's helpers take what the event loop leaves of a core. On a machine with few cores, four of them against one
 * would leave it a fifth for the 100 ms of a long collection. Where there are cores to spare, nothing changes.
 * Nothing is done where the system does not show its threads.
 */
export function letHelpersYield(): void {
  try {
    for (const thread of readdirSync(THREADS)) {
      if (readFileSync(`${THREADS}/${thread}/comm`, 'utf8').trim() === V8_HELPER) setPriority(Number(thread), NICENESS);
    }
  } catch {
    // Not Linux, or a thread that has just ended: they go on as equals.
  }
}
