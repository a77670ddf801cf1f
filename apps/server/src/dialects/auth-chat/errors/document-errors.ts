import type { OpenAPIObject } from '@nestjs/swagger';
import { LocatedOperation, operationsOf, PROBLEMS_EXTENSION, takeExtension } from '../../../transport/docs';
import { AuthChatErrorShape, bodyOf, statusOf } from './auth-chat-error-shape';
import { sampleOf } from './error-samples';

type Responses = LocatedOperation['operation']['responses'];

const shape = new AuthChatErrorShape();

/** How errors of this dialect are described to readers of the documentation. */
const SCHEMAS = {
  AuthChatError: {
    type: 'object',
    description: 'A failure: one sentence.',
    required: ['detail'],
    properties: { detail: { type: 'string', example: 'Chat room not found or access denied' } },
  },
  AuthChatValidationError: {
    type: 'object',
    description: 'A body or a query that breaks a rule: what is wrong with each field.',
    required: ['detail'],
    properties: {
      detail: {
        type: 'array',
        items: {
          type: 'object',
          required: ['loc', 'msg', 'type'],
          properties: {
            loc: {
              type: 'array',
              items: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
              example: ['body', 'members', 3],
            },
            msg: { type: 'string', description: 'One sentence for people.', example: 'content: is required.' },
            type: { type: 'string', description: 'For programs.', example: 'missing' },
          },
        },
      },
    },
  },
};

/** Adds every failure of every operation of this dialect: its own (`@ApiProblems`), and what can happen to any. */
export function documentErrors(document: OpenAPIObject): void {
  const schemas = { ...document.components?.schemas, ...SCHEMAS } as NonNullable<
    OpenAPIObject['components']
  >['schemas'];
  document.components = { ...document.components, schemas };
  for (const located of operationsOf(document)) {
    if (!shape.matches(located.path)) continue;
    const own = (takeExtension(located.operation, PROBLEMS_EXTENSION) ?? []) as readonly string[];
    addErrors(located.operation.responses, [...new Set([...commonCodes(located), ...own])]);
  }
}

function commonCodes({ method, operation }: LocatedOperation): string[] {
  const isPublic = operation.security?.length === 0;
  return [
    ...(method === 'get' ? [] : ['request.malformed', 'request.too_large', 'request.unsupported_media_type']),
    ...(operation.requestBody === undefined ? [] : ['request.invalid', 'service.busy']),
    ...(isPublic ? [] : ['auth.invalid_token']),
    'request.rate_limited',
  ];
}

function addErrors(responses: Responses, codes: readonly string[]): void {
  const samples = codes.map((code) => sampleOf(code));
  for (const [status, errors] of Map.groupBy(samples, statusOf)) {
    const name = status === 422 ? 'AuthChatValidationError' : 'AuthChatError';
    const examples = Object.fromEntries(errors.map((error) => [error.code, { value: bodyOf(error) }]));
    const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` }, examples } };
    responses[status] ??= { description: descriptionOf(status, errors.map(bodyOf)), content };
  }
}

function descriptionOf(status: number, bodies: readonly { detail: unknown }[]): string {
  if (status === 422) return 'A field breaks a rule, or the body is no JSON.';
  return bodies.map(({ detail }) => `\`${String(detail)}\``).join(', ');
}
