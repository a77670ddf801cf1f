import { whyMissing } from './kinds';

/** For the project "cluster": where its servers can't be had, every suite is skipped; in CI it fails. */
const reasons = (['mariadb', 'mongo', 'redis', 's3'] as const).map(whyMissing).filter((reason) => reason !== undefined);

if (reasons.length > 0 && process.env.CI === 'true') {
  throw new Error(`the cluster can not be tested: ${reasons.join('; ')}`);
} else if (reasons.length > 0) {
  process.stderr.write(`not run on a cluster: ${reasons.join('; ')}\n`);
  Object.assign(globalThis, { describe: describe.skip, test: test.skip });
}
