import { HttpException, NotFoundException, UnauthorizedException } from '@nestjs/common';
import { MalformedInput, RateLimited } from '@app/platform';
import { errorCodes } from 'fastify';
import { toDomainError } from '../../../apps/server/src/transport/errors';

const wrapped = (error: Error & { statusCode?: number }) =>
  new HttpException(error.message, error.statusCode ?? 500, { cause: error });

describe('whatever is thrown gets a name', () => {
  test('an error of ours keeps its own, also when the framework has wrapped it', () => {
    const own = new RateLimited('Too many.', 3);
    expect(toDomainError(own)).toBe(own);
    expect(toDomainError(new HttpException('x', 429, { cause: own }))).toBe(own);
  });

  test.each([
    [new NotFoundException(), 'not_found'],
    [new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE(), 'too_large'],
    [new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('x'), 'unsupported_media_type'],
    [new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH(), 'malformed'],
    [new errorCodes.FST_ERR_BAD_URL('/%zz'), 'malformed'],
    [new errorCodes.FST_ERR_MAX_PARAM_LENGTH(), 'malformed'],
    [wrapped(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE()), 'too_large'],
    [new MalformedInput('x'), 'malformed'],
    [new Error('boom'), 'internal'],
    [new errorCodes.FST_ERR_REP_ALREADY_SENT('/', 'GET'), 'internal'],
    [new HttpException('x', 500), 'internal'],
    ['a string', 'internal'],
    [undefined, 'internal'],
    [null, 'internal'],
    [{ statusCode: 404 }, 'internal'],
  ])('%p is of kind %s', (thrown, kind) => {
    expect(toDomainError(thrown).kind).toBe(kind);
  });

  test.each([new Error('SELECT secret'), new HttpException('/etc/passwd', 500), new UnauthorizedException('inner')])(
    'what the framework or a library said is not passed on',
    (thrown) => {
      expect(toDomainError(thrown).message).not.toContain(thrown.message);
    },
  );

  test('what nobody foresaw is kept for the log', () => {
    const thrown = new Error('boom');
    expect(toDomainError(thrown).cause).toBe(thrown);
  });
});
