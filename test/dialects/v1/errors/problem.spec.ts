import { DomainError, ErrorKind, InvalidInput, RateLimited } from '@app/platform';
import { allSamples, sampleOf } from '../../../../apps/server/src/dialects/v1/errors/error-samples';
import { toProblem } from '../../../../apps/server/src/dialects/v1/errors/problem';
import { V1ErrorShape } from '../../../../apps/server/src/dialects/v1/errors/v1-error-shape';

class Failure extends DomainError {
  constructor(kind: ErrorKind) {
    super(kind, 'some.code', 'A sentence.');
  }
}

const STATUSES: [ErrorKind, number][] = [
  ['malformed', 400],
  ['unauthenticated', 401],
  ['forbidden', 403],
  ['not_found', 404],
  ['method_not_allowed', 405],
  ['range_not_satisfiable', 416],
  ['conflict', 409],
  ['too_large', 413],
  ['precondition_failed', 412],
  ['unsupported_media_type', 415],
  ['invalid', 422],
  ['rate_limited', 429],
  ['internal', 500],
  ['unavailable', 503],
];

describe('a problem', () => {
  test.each(STATUSES)('of kind %s has status %i', (kind, status) => {
    const problem = toProblem(new Failure(kind));
    expect(problem).toEqual({
      type: '/docs/errors#some.code',
      title: expect.any(String) as string,
      status,
      status_code: status,
      detail: 'A sentence.',
      code: 'some.code',
    });
  });

  test('lists the bad fields', () => {
    const { errors } = toProblem(InvalidInput.field('a.3', 'too_long', 'a.3: too long.'));
    expect(errors).toEqual([{ path: 'a.3', code: 'too_long', detail: 'a.3: too long.' }]);
  });

  test('can take a status that only HTTP knows', () => {
    expect(toProblem(new Failure('malformed'), 431)).toMatchObject({
      status: 431,
      status_code: 431,
      title: 'Request Header Fields Too Large',
    });
  });
});

describe('over HTTP', () => {
  const shape = new V1ErrorShape();

  test('it is problem+json, and says when to come back', () => {
    const { status, headers, body } = shape.render(new RateLimited('Too many.', 17));
    expect(status).toBe(429);
    expect(headers).toEqual({ 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '17' });
    expect(JSON.parse(body)).toMatchObject({ status: 429, code: 'request.rate_limited' });
  });

  test('a missing token names the scheme', () => {
    expect(shape.render(new Failure('unauthenticated')).headers).toMatchObject({ 'www-authenticate': 'Bearer' });
  });

  test.each([
    ['/api/v1', true],
    ['/api/v1/chats', true],
    ['/api/v10', false],
    ['/', false],
  ])('the path %s is ours: %p', (path, isOurs) => {
    expect(shape.matches(path)).toBe(isOurs);
  });
});

describe('the documented errors', () => {
  test('each have a stable code and one or more sentences', () => {
    for (const { code, message } of allSamples()) {
      expect(code).toMatch(/^[a-z_]+(\.[a-z_]+)+$/);
      expect(message).toMatch(/^\S.*\.$/);
    }
  });

  test('a code that nothing has is a mistake', () => {
    expect(() => sampleOf('chat.purple')).toThrow('chat.purple');
  });
});
