import { Scope } from '../scope.mts';
import { startFlood } from '../servers/start.mts';
import { waitForDeliveries } from './flood.mts';
import { loadMeter } from './load-meter.mts';
import { connectGroup, disconnect, inventGroups } from './people.mts';

const MEMBERS = 100;

interface Drained {
  readonly perSecond: number;
  readonly busy: number;
}

/**
 * What the load takes, counts and checks when the server costs next to nothing.
 * @returns sentences for the report
 */
export async function calibrate(): Promise<string[]> {
  const together = describe(await drain(15_000, 100));
  const oneByOne = describe(await drain(3000, 1));
  return [
    `the load by itself, from a server that only writes frames made beforehand: ${together} when a hundred for a socket ` +
      `leave together, ${oneByOne} when each leaves, and is read, by itself`,
  ];
}

function describe({ perSecond, busy }: Drained): string {
  return `${Math.round(perSecond / 1000).toLocaleString('en')},000 deliveries/s (${(busy * 100).toFixed(0)} % busy)`;
}

/** @throws if a frame is missing */
async function drain(frames: number, framesPerWrite: number): Promise<Drained> {
  const scope = new Scope();
  try {
    const server = await startFlood(scope, frames, framesPerWrite);
    const [group] = inventGroups(1, MEMBERS);
    if (!group) throw new Error('there is nobody');
    const room = await connectGroup(group, 'Socket.IO', server.url);
    scope.onClose(() => disconnect([room]));
    const startedAt = performance.now();
    server.signal('SIGUSR2');
    const { busy } = await loadMeter.during(() => waitForDeliveries(room, frames));
    return { perSecond: (frames * MEMBERS) / ((performance.now() - startedAt) / 1000), busy };
  } finally {
    await scope.close();
  }
}
