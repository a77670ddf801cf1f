import { MalformedInput } from '@app/platform';
import { MAX_JSON_DEPTH } from './body-limits';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Looks at JSON text before anything is built from it: one pass over the bytes, brackets within strings don't count.
 * @throws MalformedInput when it is nested deeper than {@link MAX_JSON_DEPTH} levels
 */
export function checkTextDepth(json: Uint8Array): void {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index] as number;
    if (isInString) {
      if (byte === BACKSLASH) index++;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (OPENING.has(byte)) {
      if (++depth > MAX_JSON_DEPTH) throw tooDeep();
    } else if (CLOSING.has(byte)) {
      depth--;
    }
  }
}

/**
 * The same for a value that somebody else has parsed, as Socket.IO does.
 * @throws MalformedInput
 */
export function checkDepth(value: unknown): void {
  descend(value, MAX_JSON_DEPTH);
}

/** Recursion ends where the limit does. Binary data is a leaf: its bytes are no levels. */
function descend(value: unknown, levelsLeft: number): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (levelsLeft === 0) throw tooDeep();
  for (const item of Object.values(value)) descend(item, levelsLeft - 1);
}

function tooDeep(): MalformedInput {
  return new MalformedInput(`The JSON may be nested at most ${MAX_JSON_DEPTH} levels deep.`);
}
