import { readFileSync } from 'node:fs';

const SHOWN_LINES = 10;

/** The text of a file, or nothing if there is no such file. */
export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

/** What stands there and what should, from the first line that differs to the last. */
export function describeDifference(before, after) {
  const [old, wanted] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < old.length && old[start] === wanted[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, wanted.length) - start && old.at(-1 - end) === wanted.at(-1 - end)) end++;
  return [
    `  from line ${start + 1}:`,
    ...show('-', old.slice(start, old.length - end)),
    ...show('+', wanted.slice(start, wanted.length - end)),
  ].join('\n');
}

function show(sign, lines) {
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  ${sign} ${line}`);
  const hidden = lines.length - shown.length;
  return hidden > 0 ? [...shown, `  ${sign} … ${hidden} more`] : shown;
}
