import Fastify from 'fastify';
import { MalformedInput, RateLimited, ServiceBusy } from '@app/platform';
import { ErrorShapes } from '../../../apps/server/src/transport/errors';
import { ErrorResponder } from '../../../apps/server/src/transport/errors/error-responder';
import { AllowedMethods } from '../../../apps/server/src/transport/http/allowed-methods';
import type { UnguardedRequests } from '../../../apps/server/src/transport/limits/unguarded-requests';

/** @returns what a request is answered with that fails in this way, and how often it was counted */
async function fail(
  thrown: Error,
  { wasCounted = false, count = async () => undefined }: { wasCounted?: boolean; count?: () => Promise<void> } = {},
) {
  const counted = jest.fn(count);
  const unguarded = { isCounted: () => wasCounted, count: counted } as unknown as UnguardedRequests;
  const responder = new ErrorResponder(new ErrorShapes(), new AllowedMethods(), unguarded);
  const server = Fastify();
  server.setErrorHandler((error, request, reply) => responder.respond(error, request, reply));
  server.get('/', () => Promise.reject(thrown));
  const { statusCode } = await server.inject('/');
  return { statusCode, counted: counted.mock.calls.length };
}

describe('a request that fails', () => {
  it('is counted if no guard has done so', async () => {
    await expect(fail(new MalformedInput('x'))).resolves.toEqual({ statusCode: 400, counted: 1 });
  });

  it('is not counted twice', async () => {
    await expect(fail(new MalformedInput('x'), { wasCounted: true })).resolves.toEqual({ statusCode: 400, counted: 0 });
  });

  it('is told so instead, if there were too many', async () => {
    const count = () => Promise.reject(new RateLimited('Too many.', 1));
    await expect(fail(new MalformedInput('x'), { count })).resolves.toEqual({ statusCode: 429, counted: 1 });
  });

  it('is not counted when the server is overloaded: to refuse has to cost little', async () => {
    await expect(fail(new ServiceBusy('x'))).resolves.toEqual({ statusCode: 503, counted: 0 });
  });
});
