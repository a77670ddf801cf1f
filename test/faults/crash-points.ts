import { randomBetween } from '../support/wait';
import type { FaultyCluster } from './faulty-cluster';
import { runUnderLoad } from './runs';
import type { Verdict } from './verdict';

export const CRASH_POINTS = [
  'after the body',
  'before the commit',
  'after the commit',
  'after the acknowledgement',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

const HITS_BEFORE = [5, 30] as const;

/** Lets the first node die at that point, under load, and come back. */
export async function crashAt(cluster: FaultyCluster, point: CrashPoint): Promise<Verdict> {
  const node = cluster.node(0);
  await node.kill();
  await node.start({ FAILPOINT: point, FAILPOINT_HIT: String(randomBetween(...HITS_BEFORE)) });
  return runUnderLoad(cluster, async () => {
    const { signal } = await node.exited;
    if (signal !== 'SIGKILL') throw new Error(`it did not die at the point, but ${signal}:\n${node.logs.tail()}`);
    await node.start({ FAILPOINT: undefined });
  });
}
