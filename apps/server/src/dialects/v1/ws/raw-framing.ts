import { countCodePoints, InvalidInput, MalformedInput } from '@app/platform';

const REF_MAX_CHARACTERS = 64;

/** A frame taken out of its envelope. */
export interface RawFrame {
  readonly type: string;
  /** The client's own name for the frame, given back with the answer. */
  readonly ref: string | undefined;
  readonly payload: object;
}

/**
 * @param data the text of a frame; undefined for a binary one
 * @throws MalformedInput, InvalidInput (type, ref)
 */
export function readFrame(data: Buffer | undefined): RawFrame {
  const { type, ref, ...payload } = parseObject(data);
  if (typeof type !== 'string') throw InvalidInput.field('type', 'required', 'type: must name the frame.');
  if (ref === undefined) return { type, ref, payload };
  if (typeof ref === 'string' && countCodePoints(ref) <= REF_MAX_CHARACTERS) return { type, ref, payload };
  throw InvalidInput.field('ref', 'invalid', `ref: a string of at most ${REF_MAX_CHARACTERS} characters.`);
}

function parseObject(data: Buffer | undefined): Record<string, unknown> {
  if (!data) throw new MalformedInput('A frame must be text, not binary.');
  let frame: unknown;
  try {
    frame = JSON.parse(data.toString('utf8'));
  } catch {
    throw new MalformedInput('A frame must be JSON.');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    throw new MalformedInput('A frame must be a JSON object.');
  }
  return frame as Record<string, unknown>;
}
