import type { ByteRange } from '@app/media';
import { RangeNotSatisfiable } from '../../../../transport/errors';

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * What the header `Range` asks for (RFC 9110). Several ranges at once and what is no range are answered with all of it.
 * @param size bytes of the whole
 * @returns undefined for all of it
 * @throws RangeNotSatisfiable if there are no such bytes
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = '', to = ''] = ONE_RANGE.exec(header ?? '') ?? [];
  const isBackwards = from !== '' && to !== '' && Number(to) < Number(from);
  if ((from === '' && to === '') || isBackwards) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  if (start >= size) throw new RangeNotSatisfiable(size);
  return { start, end: from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}
