import { setTimeout } from 'node:timers/promises';
import { having } from '../support/matchers';
import { describeIfThere } from '../support/servers';
import type { PrivateServer } from '../support/servers/private-server';
import { FaultyCluster } from './faulty-cluster';
import { report, times } from './report';
import { repeat, runWithListeners } from './runs';
import { SOUND } from './verdict';

const START_TIMEOUT_MS = 600_000;
const RUN_TIMEOUT_MS = 90_000;
const GONE_MS = times(3000, 10_000);

const FAULTS: [string, (server: PrivateServer) => Promise<void>][] = [
  [
    'killed and started again',
    async (server) => {
      await server.kill();
      await setTimeout(GONE_MS / 5);
      await server.restart();
    },
  ],
  [
    `stopped for ${GONE_MS / 1000} s`,
    async (server) => {
      server.pause();
      await setTimeout(GONE_MS);
      server.resume();
    },
  ],
];
const SERVERS: [string, (cluster: FaultyCluster) => PrivateServer][] = [
  ['MariaDB', ({ mariadb }) => mariadb],
  ['the MongoDB server', ({ mongo }) => mongo],
  ['Redis', ({ redis }) => redis],
];

/** Whatever happens to the stores: what was acknowledged is kept, and all goes on within 15 seconds of their return. */
describeIfThere(['mariadb', 'mongo', 'redis'], 'two nodes whose stores fail', () => {
  const cluster = new FaultyCluster();
  beforeAll(() => cluster.start(), START_TIMEOUT_MS);
  afterAll(() => cluster.stop());

  const runs = times(1, 5);
  const cases = SERVERS.flatMap(([name, serverOf]) => FAULTS.map(([what, make]) => ({ name, what, serverOf, make })));
  test.each(cases)(
    `$name, $what, ${runs} times`,
    async ({ name, what, serverOf, make }) => {
      const verdict = await repeat(cluster, runs, () => runWithListeners(cluster, () => make(serverOf(cluster))));
      report(`${name} ${what}`, verdict);
      expect(verdict).toMatchObject(SOUND);
    },
    runs * RUN_TIMEOUT_MS,
  );

  test.each([['one node', 1] as const, ['both nodes', 2] as const])(
    `the line of %s to Redis cut while both serve, ${runs} times`,
    async (which, count) => {
      const verdict = await repeat(cluster, runs, () =>
        runWithListeners(cluster, async () => {
          const links = cluster.links.slice(0, count);
          for (const link of links) link.cut();
          await setTimeout(GONE_MS);
          for (const link of links) link.restore();
        }),
      );
      report(`Redis cut off from ${which}`, verdict);
      expect(verdict).toMatchObject(SOUND);
    },
    runs * RUN_TIMEOUT_MS,
  );

  test('leave stores behind that `npm run verify` finds sound', async () => {
    expect(await cluster.verify()).toEqual(having({ code: 0, errors: '' }));
  }, 180_000);
});
