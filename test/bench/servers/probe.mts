import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeFileSync } from 'node:fs';

/** Loaded into a measured server before its own code: answers its parent's questions, and does nothing else. */
export type Question = { readonly ask: 'usage' } | { readonly ask: 'profile'; readonly file?: string };

export interface Usage {
  readonly cpuMs: number;
  readonly residentBytes: number;
}

let profiler: Session | undefined;

/** Of the whole process with its threads; what nobody needs any more is given back before. */
function usage(): Usage {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1000, residentBytes: process.memoryUsage.rss() };
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

process.on('message', (question: Question) => {
  void (async () => {
    const answer = question.ask === 'usage' ? usage() : ((await profile(question.file)) ?? {});
    process.send?.(answer);
  })();
});
// The question whether there are questions keeps nobody alive.
process.channel?.unref();
