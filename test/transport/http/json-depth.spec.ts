import { MalformedInput } from '@app/platform';
import { checkDepth, checkTextDepth } from '../../../apps/server/src/transport/http/json-depth';

const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const objects = (levels: number) => '{"a":'.repeat(levels - 1) + '{}' + '}'.repeat(levels - 1);
const check = (json: string) => checkTextDepth(Buffer.from(json));

describe('the depth of JSON text', () => {
  test.each([lists, objects])('may be 32 levels and no more (%#)', (nested) => {
    expect(() => check(nested(32))).not.toThrow();
    expect(() => check(nested(33))).toThrow(MalformedInput);
  });

  test('counts open levels, not brackets', () => {
    expect(() => check(`[${Array(10_000).fill('[]').join(',')}]`)).not.toThrow();
  });

  test.each([
    ['brackets', JSON.stringify('[{'.repeat(100))],
    ['brackets after an escaped quote', JSON.stringify('"[[' + '['.repeat(100))],
    ['brackets after an escaped backslash and a quote', JSON.stringify('\\"' + '['.repeat(100))],
    ['a backslash at the end', `["\\\\", ${JSON.stringify('['.repeat(100))}]`],
    ['brackets in a name', `{${JSON.stringify('['.repeat(100))}: 1}`],
  ])('does not count %s within a string', (_what, json) => {
    expect(() => void JSON.parse(json)).not.toThrow();
    expect(() => check(json)).not.toThrow();
  });

  test('counts brackets after a string that ends in an escaped backslash', () => {
    expect(() => check(`["\\\\", ${lists(40)}]`)).toThrow(MalformedInput);
  });

  test('is refused before the end is read, also when the end is missing', () => {
    expect(() => check('['.repeat(100_000))).toThrow(MalformedInput);
    expect(() => check('{"a":'.repeat(40_000))).toThrow(MalformedInput);
  });

  test('says nothing about text that is no JSON: the parser will', () => {
    for (const text of ['', ']]]]', '"', '"\\', '}{']) expect(() => check(text)).not.toThrow();
  });

  test('gives the same verdict on the value as on the text', () => {
    for (const levels of [1, 31, 32, 33, 34]) {
      for (const json of [lists(levels), objects(levels)]) {
        const verdicts = [() => check(json), () => checkDepth(JSON.parse(json))].map((verdict) => {
          try {
            verdict();
            return 'fine';
          } catch {
            return 'too deep';
          }
        });
        expect(verdicts).toEqual(levels <= 32 ? ['fine', 'fine'] : ['too deep', 'too deep']);
      }
    }
  });
});

describe('the depth of a value', () => {
  test('is bounded also when the value contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => checkDepth(loop)).toThrow(MalformedInput);
  });

  test('does not look into binary data', () => {
    expect(() => checkDepth([Buffer.alloc(1_000_000)])).not.toThrow();
  });

  test.each([undefined, null, 'x', 7, true])('of %p is none', (value) => {
    expect(() => checkDepth(value)).not.toThrow();
  });
});
