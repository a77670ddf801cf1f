import { InvalidInput } from '@app/platform';
import { checkUserFields, isHashable, UserFields } from '../../libs/users/src/user-rules';

function errorsOf(fields: UserFields): string[] {
  try {
    checkUserFields(fields);
    return [];
  } catch (error) {
    return (error as InvalidInput).fields?.map(({ path, code }) => `${path} ${code}`) ?? [];
  }
}

test.each(['abc', 'a.b_c-d', '123', 'کاربر۱۲', 'Ὀδυσσεύς', '山田太郎', 'नमस्ते', '𐐀𐐁𐐂', 'x'.repeat(50), '𐐀'.repeat(50)])(
  'the name %s is fine',
  (username) => expect(errorsOf({ username })).toEqual([]),
);

test.each<[string, string]>([
  ['too short', 'ab'],
  ['short in characters, though not in UTF-16', '𐐀𐐁'],
  ['too long', 'x'.repeat(51)],
  ['of a space', 'deleted user'],
  ['of an @', 'a@example.org'],
  ['of a wide @', 'a＠example.org'],
  ['of NUL', 'abc\0'],
  ['of a lone surrogate', 'abc\ud800'],
  ['of a joiner', 'ab\u200dc'],
  ['of letters that nobody sees', '\u3164\u3164\u3164'],
  ['of a mark that nobody sees', 'admin\u034f'],
  ['of a ligature that hides a space', 'abc\ufdfa'],
])('a name that is %s is refused', (_what, username) => {
  expect(errorsOf({ username })).toEqual([expect.stringMatching(/^username (too_short|too_long|invalid_characters)$/)]);
});

test('the character that is not allowed is named', () => {
  expect(() => checkUserFields({ username: 'semi;colon' })).toThrow(/, but U\+003B was given\.$/);
});

test.each(['a@example.org', 'a+b@sub.example.org', 'پیام@example.org', `${'a'.repeat(64)}@${'b'.repeat(60)}.org`])(
  'the address %s is fine',
  (email) => expect(errorsOf({ email })).toEqual([]),
);

test.each(['', 'plain', '@example.org', 'a@b', ' a@example.org', '"a\u0001"@example.org', `a@${'b.'.repeat(130)}org`])(
  'the address %j is refused',
  (email) => expect(errorsOf({ email })).toHaveLength(1),
);

test('a full name has 1 to 100 characters that can be seen, and nothing is done to them', () => {
  for (const fullName of ['A', '😀'.repeat(100), 'علی‌رضا', 'O’Neill, Jr. (Ed.)', null, undefined]) {
    expect(errorsOf({ fullName })).toEqual([]);
  }
  expect(errorsOf({ fullName: '😀'.repeat(101) })).toEqual(['full_name too_long']);
  expect(errorsOf({ fullName: '' })).toEqual(['full_name empty']);
  expect(errorsOf({ fullName: ' \u200b' })).toEqual(['full_name empty']);
  expect(errorsOf({ fullName: 'a\nb' })).toEqual(['full_name invalid_characters']);
  expect(errorsOf({ fullName: 'a\0b' })).toEqual(['full_name invalid_characters']);
});

test('a password has at least 8 characters and at most 72 bytes', () => {
  for (const password of ['12345678', 'x'.repeat(72), 'é'.repeat(36), '😀'.repeat(18)]) {
    expect(errorsOf({ password })).toEqual([]);
    expect(isHashable(password)).toBe(true);
  }
  expect(errorsOf({ password: '😀'.repeat(7) })).toEqual(['password too_short']);
  expect(errorsOf({ password: 'with\0NUL in it' })).toEqual(['password invalid_characters']);
  for (const password of ['x'.repeat(73), '😀'.repeat(19)]) {
    expect(errorsOf({ password })).toEqual(['password too_long']);
    expect(() => checkUserFields({ password })).toThrow(/72 bytes/);
    expect(isHashable(password)).toBe(false);
  }
});
