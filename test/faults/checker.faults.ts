import { describeIfThere } from '../support/servers';
import { makeTempFolder } from '../support/temp-folder';
import { crashAt } from './crash-points';
import { FaultyCluster } from './faulty-cluster';
import { makeMutant, Mutant } from './mutants';
import { sendSameKeyManyTimes } from './same-key';
import type { Verdict } from './verdict';

const TIMEOUT_MS = 600_000;

/** The checks of the other suites are worth something only if they see what is wrong: here it is. */
describeIfThere(['mariadb', 'mongo', 'redis'], 'the checker finds', () => {
  let cluster: FaultyCluster;
  beforeEach(() => {
    cluster = new FaultyCluster();
  });
  afterEach(() => cluster.stop());

  const wrongs: [keyof Verdict, Mutant, (cluster: FaultyCluster) => Promise<Verdict>][] = [
    ['lost', 'acknowledges before the commit', (mutated) => crashAt(mutated, 'before the commit')],
    ['doubled', 'has no unique key', sendSameKeyManyTimes],
  ];
  test.each(wrongs)(
    'messages that are %s by a build that %s',
    async (column, mutant, run) => {
      await cluster.start(2, makeMutant(mutant, makeTempFolder()));
      const verdict = await run(cluster);
      expect(verdict[column]).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
