import { getMetadataStorage, IsString, ValidateIf, ValidateNested, validateSync } from 'class-validator';
import * as chats from '../../../apps/server/src/dialects/v1/http/dto/chats.dto';
import * as messages from '../../../apps/server/src/dialects/v1/http/dto/messages.dto';
import * as queries from '../../../apps/server/src/dialects/v1/http/dto/queries.dto';
import * as users from '../../../apps/server/src/dialects/v1/http/dto/users.dto';
import * as frames from '../../../apps/server/src/dialects/v1/live/frames.dto';
import { isFaultless } from '../../../apps/server/src/transport/validation/quick-verdict';

type Class = new () => object;

const CLASSES = [frames, messages, chats, queries, users]
  .flatMap((file) => Object.values(file) as unknown[])
  .filter((one): one is Class => typeof one === 'function' && one.toString().startsWith('class'));

const VALUES: unknown[] = [
  ...[
    undefined,
    null,
    true,
    '',
    'x',
    'a@b.org',
    'start',
    'text',
    '2026-01-01T00:00:00Z',
    NaN,
    0,
    -1,
    1,
    1.5,
    100,
    2 ** 60,
  ],
  ...[{}, [], [1], [1, 0], ['x'], [null], Array.from({ length: 300 }, (_, index) => index + 1)],
];

describe('the quick verdict on an input', () => {
  it.each(CLASSES.map((type) => [type.name, type] as const))('is that of class-validator: %s', (_name, type) => {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    const names = new Set(rules.map(({ propertyName }) => propertyName));
    const differing = [...names].flatMap((name) =>
      VALUES.filter((value) => {
        const input = Object.assign(new type(), ...fieldsOf(type), { [name]: value }) as object;
        const isValid = validateSync(input, { forbidUnknownValues: false }).length === 0;
        return isFaultless(type, input) !== isValid;
      }).map((value) => ({ name, value })),
    );
    expect(differing).toEqual([]);
  });

  it('is given for what comes most often', () => {
    expect(isFaultless(frames.MessageFrame, Object.assign(new frames.MessageFrame(), { content: 'hello' }))).toBe(true);
    expect(isFaultless(frames.MessageFrame, new frames.MessageFrame())).toBe(false);
  });

  it('is left to class-validator where there are rules of other kinds', () => {
    class Inner {
      @IsString()
      name = 'x';
    }
    class Outer {
      @ValidateNested()
      inner = new Inner();
    }
    class Conditional {
      @ValidateIf(() => false)
      @IsString()
      name = 1;
    }
    expect(isFaultless(Outer, new Outer())).toBe(false);
    expect(isFaultless(Conditional, new Conditional())).toBe(true);
  });
});

/** Values that are right for the fields that must be there, as far as one knows: the others are judged with them. */
function fieldsOf(type: Class): object[] {
  const input = new type();
  const required = validateSync(input, { forbidUnknownValues: false }).map(({ property }) => property);
  return required.map((name) => {
    const right = VALUES.find((value) => {
      const errors = validateSync(Object.assign(new type(), { [name]: value }), { forbidUnknownValues: false });
      return !errors.some(({ property }) => property === name);
    });
    return { [name]: right };
  });
}
