import { Initial1795237430693 } from './1795237430693-Initial';

/** In the order in which they run. A landed migration never changes; a new one is appended. */
export const SQLITE_MIGRATIONS = [Initial1795237430693] as const;
