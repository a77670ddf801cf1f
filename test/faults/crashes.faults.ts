import { having } from '../support/matchers';
import { describeIfThere } from '../support/servers';
import { randomBetween } from '../support/wait';
import { CRASH_POINTS, crashAt } from './crash-points';
import { FaultyCluster } from './faulty-cluster';
import { report, times } from './report';
import { repeat, runUnderLoad } from './runs';
import { sendSameKeyManyTimes } from './same-key';
import { SOUND } from './verdict';

const START_TIMEOUT_MS = 600_000;
const RUN_TIMEOUT_MS = 60_000;

/** Invariants 1, 2, 3 and 5 of the design, where they are most in danger: nodes die between two stores. */
describeIfThere(['mariadb', 'mongo', 'redis'], 'two nodes that crash', () => {
  const cluster = new FaultyCluster();
  beforeAll(() => cluster.start(), START_TIMEOUT_MS);
  afterAll(() => cluster.stop());

  const kills = times(3, 50);
  test(
    `a node that is killed under load, ${kills} times`,
    async () => {
      const verdict = await repeat(cluster, kills, () =>
        runUnderLoad(cluster, async () => {
          const node = cluster.node(randomBetween(0, 1));
          await node.kill();
          await node.start();
        }),
      );
      report('a random node killed', verdict);
      expect(verdict).toMatchObject(SOUND);
    },
    kills * RUN_TIMEOUT_MS,
  );

  const crashes = times(2, 25);
  test.each(CRASH_POINTS)(
    `a node that dies %s, ${crashes} times`,
    async (point) => {
      const verdict = await repeat(cluster, crashes, () => crashAt(cluster, point));
      report(`a node died ${point}`, verdict);
      expect(verdict).toMatchObject(SOUND);
    },
    crashes * RUN_TIMEOUT_MS,
  );

  const sameKeys = times(1, 10);
  test(
    `the same key 50 times at once over both nodes, and again after a restart, ${sameKeys} times`,
    async () => {
      const verdict = await repeat(cluster, sameKeys, () => sendSameKeyManyTimes(cluster));
      report('the same key 100 times', verdict);
      expect(verdict).toMatchObject({ ...SOUND, acknowledged: sameKeys });
    },
    sameKeys * RUN_TIMEOUT_MS,
  );

  test('leave stores behind that `npm run verify` finds sound', async () => {
    expect(await cluster.verify()).toEqual(having({ code: 0, errors: '' }));
  }, 180_000);
});
