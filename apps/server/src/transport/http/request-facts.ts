import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressKey } from '../limits/client-address';

/** What the client calls itself; null if it does not say. */
export const UserAgent = createParamDecorator(
  (_: unknown, context: ExecutionContext) => requestOf(context).headers['user-agent'] ?? null,
);

/** What stands for the client's address where something is counted by it: IPv6 by network. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext) =>
  addressKey(requestOf(context).ip),
);

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
