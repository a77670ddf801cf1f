/** Where in an event's data a date stands: the keys that lead there. */
export type Path = readonly string[];

/**
 * The dates in plain data. JSON makes strings of them; told apart by where they stand, a string
 * that looks like a date stays a string, and nothing that someone wrote can pass for a date.
 */
export function findDates(data: unknown, at: Path = []): Path[] {
  if (data instanceof Date) return [at];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? findDates(value, [...at, key]) : [],
  );
}

/**
 * Makes dates again of what stands at these places in `holder`, which is changed.
 * @throws TypeError if something else stands there
 */
export function restoreDates(holder: object, paths: readonly Path[]): void {
  for (const path of paths) restoreDate(holder, path);
}

function restoreDate(holder: object, path: Path): void {
  let owner: unknown = holder;
  for (const key of path.slice(0, -1)) owner = readOwn(owner, key);
  const last = path.at(-1) ?? '';
  const text = readOwn(owner, last);
  // A date that is none is null in JSON.
  if (text === null) return;
  if (typeof text !== 'string') throw new TypeError(`no date stands at ${path.join('.')}`);
  (owner as Record<string, unknown>)[last] = new Date(text);
}

/** Only what the message itself brought: never a prototype. */
function readOwn(owner: unknown, key: string): unknown {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, key)) {
    throw new TypeError(`nothing stands at ${key}`);
  }
  return (owner as Record<string, unknown>)[key];
}
