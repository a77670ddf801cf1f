import type { ByteRange } from '@app/media';

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What the header `Range` asks for (RFC 9110). Several ranges at once, bytes that there are not, and what is no range
 * are answered with all of it.
 * @param size bytes of the whole
 * @returns undefined for all of it
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = '', to = ''] = ONE_RANGE.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? undefined : { start, end };
}
