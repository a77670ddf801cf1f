import { ServerName, whyMissing } from './kinds';
import { Store, StoreSettings, takeStores } from './stores';

/** A server that nobody has started yet may have to be built first. */
const TAKE_TIMEOUT_MS = 600_000;

/** What a suite has of its own; there from `beforeAll` on. */
export interface Stores {
  /** The product's settings for these stores: `MYSQL_HOST`, `MONGODB_URL`, `REDIS_URL`, … */
  readonly settings: StoreSettings;
}

/**
 * A suite that needs these servers: it gets fresh databases on them, which are gone afterwards.
 * Where one can't be had, the suite is skipped and says why; in CI it fails.
 */
export function describeWith(names: readonly ServerName[], title: string, suite: (stores: Stores) => void): void {
  describeIfThere(names, title, () => {
    let store: Store | undefined;
    beforeAll(async () => {
      store = await takeStores(names);
    }, TAKE_TIMEOUT_MS);
    afterAll(() => store?.drop());
    suite({
      get settings() {
        if (!store) throw new Error('the stores are there from beforeAll on');
        return store.settings;
      },
    });
  });
}

/** The same for suites that start servers of their own, to treat them badly. */
export function describeIfThere(names: readonly ServerName[], title: string, suite: () => void): void {
  const reasons = names.map(whyMissing).filter((reason) => reason !== undefined);
  if (reasons.length === 0) return describe(title, suite);
  const shown = `${title} (not run: ${reasons.join('; ')})`;
  if (process.env.CI !== 'true') return describe.skip(shown, suite);
  test(shown, () => {
    throw new Error(reasons.join('; '));
  });
}
