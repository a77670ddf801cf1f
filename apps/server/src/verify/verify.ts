import { loadConfig } from '@app/platform';
import { Report } from './report';
import { openVerifiedStore } from './verified-store';

/** Nothing is signed here; without one, loading the configuration would make a key, and this only reads. */
const NO_KEY = 'nothing is signed with this one: verify only reads';

/**
 * Goes through everything that is stored and prints what can't be. Only reads; servers may go on serving.
 * @returns whether the store is sound
 * @throws ConfigError, StoreNotFound, and what the stores throw
 */
export async function verify(
  environment: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
): Promise<boolean> {
  const store = await openVerifiedStore(loadConfig({ ...environment, SECRET_KEY: environment.SECRET_KEY || NO_KEY }));
  const report = new Report(print);
  try {
    report.begin(store.name);
    for (const check of store.checks) {
      for await (const finding of check.findDamage()) report.add(finding);
      report.note(check);
    }
  } finally {
    await store.close();
  }
  report.end();
  return report.isSound;
}
