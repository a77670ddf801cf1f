import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import { InvalidInput } from '@app/platform';
import type { FastifyRequest } from 'fastify';

const VISIBLE_ASCII = /^[\x20-\x7e]*$/;

/** The header `Idempotency-Key`: undefined if there is none. Refuses what has no one meaning as a header. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && VISIBLE_ASCII.test(key)) return key;
  const detail = 'Idempotency-Key: only visible ASCII characters and spaces; use client_id for others.';
  throw InvalidInput.field('Idempotency-Key', 'invalid_characters', detail);
});
