import { CompareTextExactly1795237430000 } from './1795237430000-CompareTextExactly';
import { Initial1795249718649 } from './1795249718649-Initial';
import { Media1795249900000 } from './1795249900000-Media';
import { MediaDuration1795257600000 } from './1795257600000-MediaDuration';
import { ResumableUploads1795260000000 } from './1795260000000-ResumableUploads';

/** In the order in which they run. A landed migration never changes; a new one is appended. */
export const MYSQL_MIGRATIONS = [
  CompareTextExactly1795237430000,
  Initial1795249718649,
  Media1795249900000,
  MediaDuration1795257600000,
  ResumableUploads1795260000000,
] as const;
