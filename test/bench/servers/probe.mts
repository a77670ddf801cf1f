import { Session } from 'node:inspector/promises';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeFileSync } from 'node:fs';

/** Loaded into a measured server before its own code: answers its parent's questions, and does nothing else. */
export type Question = { readonly ask: 'usage' | 'needs' } | { readonly ask: 'profile'; readonly file?: string };

export interface Usage {
  readonly cpuMs: number;
  readonly residentBytes: number;
}

const COLLECT_MS = 200;

let profiler: Session | undefined;

/** Of the whole process with its threads. */
function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() };
}

/** The same, when what nobody needs any more has been given back. */
async function needs(): Promise<Usage> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  // What finalizers and other threads give back follows.
  await setTimeout(COLLECT_MS);
  collect();
  return usage();
}

/** Starts to profile; with a file, writes there what was seen since. */
async function profile(file: string | undefined): Promise<void> {
  if (file === undefined) {
    profiler = new Session();
    profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.start');
  } else if (profiler) {
    const { profile: seen } = await profiler.post('Profiler.stop');
    writeFileSync(file, JSON.stringify(seen));
    profiler.disconnect();
  }
}

async function answer(question: Question): Promise<Usage | void> {
  if (question.ask === 'profile') return profile(question.file);
  return question.ask === 'needs' ? needs() : usage();
}

process.on('message', (question: Question) => {
  void answer(question).then((answered) => process.send?.(answered ?? {}));
});
// Who started it is gone: nobody else would end it.
process.on('disconnect', () => process.exit());
// The question whether there are questions keeps nobody alive.
process.channel?.unref();
