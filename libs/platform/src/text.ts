/**
 * Rules for text that people type, the same in every dialect.
 * Lengths are counted in Unicode code points, as people on every platform can predict them.
 */

/** Number of code points. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    if (isHighSurrogate(text.charCodeAt(index)) && isLowSurrogate(text.charCodeAt(index + 1))) {
      count--;
      index++;
    }
  }
  return count;
}

/** True if nothing in it can be seen: only `White_Space` and format characters (category `Cf`), or nothing at all. */
export function isBlank(text: string): boolean {
  return /^[\p{White_Space}\p{Cf}]*$/u.test(text);
}

/** NUL can't be stored faithfully everywhere, and a lone surrogate is no text: neither survives UTF-8 stores unchanged. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/**
 * The form under which names and e-mails are compared: compatibility forms and case don't count.
 * Lower case alone keeps `ß` and `ss` apart, upper case alone `ẞ` and `SS`: so there and back.
 * Final sigma is written as any other, so that the form of a prefix is a prefix of the form.
 */
export function foldForComparison(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase();
  return lower.replaceAll('ς', 'σ').normalize('NFKC');
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
