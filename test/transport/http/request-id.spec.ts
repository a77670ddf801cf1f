import { requestIdOf } from '../../../apps/server/src/transport/http/request-id';

describe('the id of a request', () => {
  const idFor = (given?: string | string[]) => requestIdOf({ headers: { 'x-request-id': given } });

  test.each(['a', 'abc-DEF_123', 'x'.repeat(64)])('is the one that came along: %s', (given) => {
    expect(idFor(given)).toBe(given);
  });

  test.each([undefined, '', 'x'.repeat(65), 'a b', 'a\nb', '"}', 'é', ['a', 'b']])('is a new one for %p', (given) => {
    expect(idFor(given)).toMatch(/^[\da-f-]{36}$/);
    expect(idFor(given)).not.toBe(idFor(given));
  });
});
