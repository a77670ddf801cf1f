/** In the order in which they run. A landed migration never changes; a new one is appended. */
export const SQLITE_MIGRATIONS = [] as const;
