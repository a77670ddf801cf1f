import { InvalidInput, MalformedInput } from '@app/platform';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import {
  IgnoresUnknownFields,
  PageQuery,
  ToInteger,
  validateInput,
} from '../../../apps/server/src/transport/validation';

class Draft {
  @IsInt()
  @Min(1)
  @Max(100)
  chat_id: number;

  @IsString()
  @MaxLength(5)
  content: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(4)
  @IsInt({ each: true })
  @Min(1, { each: true })
  participant_ids?: number[];

  @IsOptional()
  @IsIn(['direct', 'group'])
  chat_type?: string;

  @IsOptional()
  @IsString()
  password?: string;
}

class Cursor {
  @IsOptional()
  @ToInteger()
  @IsInt()
  after?: number;
}

@IgnoresUnknownFields()
class Lenient {
  @IsString()
  content: string;
}

const GOOD = { chat_id: 1, content: 'x' };

function fieldsOf(value: unknown, type: new () => object = Draft) {
  try {
    validateInput(type, value);
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields ?? [];
    throw error;
  }
  return [];
}
const codesOf = (value: unknown) => fieldsOf(value).map(({ path, code }) => `${path} ${code}`);

describe('input that keeps every rule', () => {
  test('becomes an instance with exactly what was given', () => {
    const input = validateInput(Draft, { ...GOOD, participant_ids: [1, 2] });
    expect(input).toBeInstanceOf(Draft);
    expect({ ...input }).toEqual({ ...GOOD, participant_ids: [1, 2] });
  });

  test('may leave out what is optional, and defaults stand', () => {
    expect(validateInput(PageQuery, {})).toEqual({ page: 1, limit: 20 });
    expect(validateInput(PageQuery, { limit: '7' })).toEqual({ page: 1, limit: 7 });
  });
});

describe('a broken rule is named by path and code', () => {
  test.each<[object, string]>([
    [{ ...GOOD, chat_id: undefined }, 'chat_id required'],
    [{ ...GOOD, chat_id: '1' }, 'chat_id not_an_integer'],
    [{ ...GOOD, chat_id: 1.5 }, 'chat_id not_an_integer'],
    [{ ...GOOD, chat_id: null }, 'chat_id not_an_integer'],
    [{ ...GOOD, chat_id: NaN }, 'chat_id not_an_integer'],
    [{ ...GOOD, chat_id: 0 }, 'chat_id too_small'],
    [{ ...GOOD, chat_id: 101 }, 'chat_id too_large'],
    [{ ...GOOD, content: 7 }, 'content not_a_string'],
    [{ ...GOOD, content: ['x'] }, 'content not_a_string'],
    [{ ...GOOD, content: '123456' }, 'content too_long'],
    [{ ...GOOD, chat_type: 'x' }, 'chat_type not_one_of'],
    [{ ...GOOD, participant_ids: 1 }, 'participant_ids not_a_list'],
    [{ ...GOOD, participant_ids: { 0: 1 } }, 'participant_ids not_a_list'],
    [{ ...GOOD, participant_ids: [1, 2, 3, 4, 5] }, 'participant_ids too_long'],
    [{ ...GOOD, participant_ids: [1, 0] }, 'participant_ids.1 too_small'],
    [{ ...GOOD, sender_id: 1 }, 'sender_id unknown_field'],
  ])('%p: %s', (value, expected) => {
    expect(codesOf(value)).toEqual([expected]);
  });

  test('every bad item of a list by its place', () => {
    expect(codesOf({ ...GOOD, participant_ids: [1, 'x', 2, null] })).toEqual([
      'participant_ids.1 not_an_integer',
      'participant_ids.3 not_an_integer',
    ]);
  });

  test('every bad field at once, and the names that nobody knows', () => {
    expect(codesOf({ x: 1 })).toEqual(['chat_id required', 'content required', 'x unknown_field']);
  });

  test('the sentence says the limit and what was given', () => {
    const [chatId] = fieldsOf({ ...GOOD, chat_id: 101 });
    expect(chatId?.detail).toBe('chat_id: must be at most 100, but 101 was given.');
    const [content] = fieldsOf({ ...GOOD, content: 'x'.repeat(1000) });
    expect(content?.detail).toBe('content: must have at most 5 characters, but a text of 1000 characters was given.');
  });

  test('a secret is not said again', () => {
    const [password] = fieldsOf({ ...GOOD, password: 123_456 });
    expect(password?.detail).not.toContain('123456');
  });
});

describe('hostile input', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'])(
    'a field named %s is a field that does not exist',
    (name) => {
      const value: unknown = JSON.parse(`{"chat_id": 1, "content": "x", "${name}": {"is_admin": true}}`);
      expect(codesOf(value)).toEqual([`${name} unknown_field`]);
      expect(({} as { is_admin?: boolean }).is_admin).toBeUndefined();
    },
  );

  test('names 20 fields at most, and cuts their names', () => {
    const value = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`${'n'.repeat(1000)}${n}`, n]));
    const fields = fieldsOf(value);
    expect(fields).toHaveLength(20);
    expect(JSON.stringify(fields).length).toBeLessThan(5000);
  });

  test('a list of 20,000 bad items names 20', () => {
    const fields = fieldsOf({ ...GOOD, participant_ids: Array(20_000).fill('x') });
    expect(fields.length).toBeLessThanOrEqual(20);
    expect(fields.length).toBeGreaterThan(0);
  });

  test.each([null, undefined, [], [{}], 'text', 7, true, Buffer.from('x')])('%p is no object', (value) => {
    expect(() => validateInput(Draft, value)).toThrow(MalformedInput);
  });

  test('values of any shape where a text belongs', () => {
    for (const content of [
      {},
      [[[]]],
      { toString: 1 },
      { then: 1 },
      { constructor: { name: 'x' } },
      JSON.parse('{"__proto__": 1}') as object,
    ]) {
      expect(codesOf({ ...GOOD, content })).toEqual(['content not_a_string']);
    }
  });
});

describe('whole numbers in a query', () => {
  test.each([
    ['0', 0],
    ['-5', -5],
    ['000000000000007', 7],
    ['999999999999999', 999_999_999_999_999],
  ])('%s is read', (given, expected) => {
    expect(validateInput(Cursor, { after: given }).after).toBe(expected);
  });

  test.each(['', ' 1', '1.0', '1e3', '0x10', 'x', '9999999999999999', ['1', '2'], { a: '1' }])(
    '%p is refused',
    (given) => {
      expect(fieldsOf({ after: given }, Cursor).map(({ code }) => code)).toEqual(['not_an_integer']);
    },
  );
});

test('fields that an input does not know are dropped where its class says so', () => {
  expect({ ...validateInput(Lenient, { content: 'x', sender: 'me' }) }).toEqual({ content: 'x' });
  expect(() => validateInput(Lenient, { sender: 'me' })).toThrow(InvalidInput);
});
