/** For people and `Retry-After`: never 0, which would mean "at once". */
export function wholeSeconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
