import { countCodePoints } from '@app/platform';

const SHOWN_CHARACTERS = 40;
const SECRET = /password|token|secret/i;

/** What a client gave, for a sentence: short, and never a secret. */
export function describeGiven(path: string, value: unknown): string {
  if (SECRET.test(path)) return 'something else';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return 'something else';
  const length = countCodePoints(value);
  return length > SHOWN_CHARACTERS ? `a text of ${length} characters` : JSON.stringify(value);
}
