import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { InvalidInput } from '@app/platform';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../../../transport/limits';

const VISIBLE_ASCII = /^[\x20-\x7e]*$/;

/** What the client calls itself; null if it does not say. */
export const UserAgent = createParamDecorator(
  (_: unknown, context: ExecutionContext) => headersOf(context)['user-agent'] ?? null,
);

/** What stands for the client's address where something is counted by it: IPv6 by network. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext) =>
  addressKey(context.switchToHttp().getRequest<FastifyRequest>().ip),
);

/** The header `Idempotency-Key`: undefined if there is none. Refuses what has no one meaning as a header. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const key = headersOf(context)['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && VISIBLE_ASCII.test(key)) return key;
  const detail = 'Idempotency-Key: only visible ASCII characters and spaces; use client_id for others.';
  throw InvalidInput.field('Idempotency-Key', 'invalid_characters', detail);
});

function headersOf(context: ExecutionContext): FastifyRequest['headers'] {
  return context.switchToHttp().getRequest<FastifyRequest>().headers;
}
