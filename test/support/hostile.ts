import fc from 'fast-check';

/** What clients send that mean harm, or know no better. */
const STRINGS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00b',
  '\u200b',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'true',
  '1e999',
  '-1',
  '0x10',
  '%00',
  '%',
  '../../etc/passwd',
  "' OR 1=1 --",
  '"; DROP TABLE messages; --',
  '${7*7}',
  '\u202e',
  'x'.repeat(10_001),
  '😀'.repeat(10_000),
  '9'.repeat(400),
];
const NUMBERS = [0, -1, 1, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e21, 1e308, -1e308, 5e-324, 0.5, 1.5];

export const hostileString = fc.oneof(
  fc.constantFrom(...STRINGS),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

const hostileNumber = fc.oneof(fc.constantFrom(...NUMBERS), fc.integer(), fc.maxSafeInteger(), fc.double());

/** Lists within lists, or objects within objects, to some depth around and far beyond what is allowed. */
const deepValue = fc.tuple(fc.constantFrom(1, 2, 30, 31, 32, 33, 100, 2000), fc.boolean()).map(([depth, isList]) => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = isList ? [value] : { a: value };
  return value;
});

/** Anything that JSON can say. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 3 },
  { arbitrary: hostileString, weight: 3 },
  { arbitrary: hostileNumber, weight: 3 },
  { arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null], { length: 5 }), weight: 2 },
  { arbitrary: deepValue, weight: 1 },
);

/** A valid payload with some of its fields replaced, left out or added. */
export function nearly(valid: Record<string, unknown>): fc.Arbitrary<unknown> {
  const names = Object.keys(valid);
  const field = names.length > 0 ? fc.oneof(fc.constantFrom(...names), hostileString) : hostileString;
  const mutation = fc.record({ field, value: anyValue, isLeftOut: fc.boolean() });
  return fc.array(mutation, { maxLength: 3 }).map((mutations) => {
    const fields = new Map<string, unknown>(Object.entries(valid));
    for (const { field: name, value, isLeftOut } of mutations) {
      if (isLeftOut) fields.delete(name);
      else fields.set(name, value);
    }
    return Object.fromEntries(fields);
  });
}

/** The text of a payload: mostly what it should be, sometimes cut, doubled or something else altogether. */
export function nearlyText(payload: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = payload.map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    { arbitrary: text, weight: 12 },
    { arbitrary: fc.tuple(text, fc.nat({ max: 60 })).map(([whole, cut]) => whole.slice(0, cut)), weight: 1 },
    { arbitrary: text.map((whole) => whole + whole), weight: 1 },
    { arbitrary: hostileString, weight: 1 },
    { arbitrary: fc.constantFrom('[', '{"a":', '"').map((piece) => piece.repeat(5000)), weight: 1 },
  );
}
