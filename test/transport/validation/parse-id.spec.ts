import { InvalidInput } from '@app/platform';
import { ParseIdPipe } from '../../../apps/server/src/transport/validation';

describe('an id in an address', () => {
  const parse = (value: string) => new ParseIdPipe().transform(value, { type: 'param', data: 'chat_id' });

  test.each([
    ['1', 1],
    ['42', 42],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s is one', (text, id) => {
    expect(parse(text)).toBe(id);
  });

  test.each(['', '0', '01', '-1', '1.5', '1e3', ' 1', '１', '9007199254740992', '99999999999999999999', '\0', 'x'])(
    '%j is none, and the parameter is named',
    (text) => {
      expect(() => parse(text)).toThrow(InvalidInput);
      expect(() => parse(text)).toThrow(/^chat_id: /);
    },
  );
});
