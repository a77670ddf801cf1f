import type { OpenAPIObject } from '@nestjs/swagger';
import { NOT_LIMITED_EXTENSION } from './extensions';
import { Operation, operationsOf, takeExtension } from './operations';

type Headers = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;

const text = (description: string, example: string) => ({ description, schema: { type: 'string', example } as const });
const count = (description: string, example: number) => ({
  description,
  schema: { type: 'integer', example } as const,
});

const EVERYWHERE = ['X-Request-Id'];
const WHERE_LIMITED = ['RateLimit', 'RateLimit-Policy', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];
const BY_STATUS: Readonly<Record<string, readonly string[] | undefined>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

const HEADERS: Headers = {
  'X-Request-Id': text(
    'Names this request in our logs. Send your own (letters, digits, `_`, `-`; up to 64) to have it used.',
    'a1b2',
  ),
  RateLimit: text('Requests that are left (`r`) and seconds until there are more (`t`).', '"requests";r=1199;t=60'),
  'RateLimit-Policy': text('How many requests are allowed (`w`: in so many seconds).', '1200;w=60'),
  'RateLimit-Limit': count('How many requests are allowed.', 1200),
  'RateLimit-Remaining': count('Requests that are left.', 1199),
  'RateLimit-Reset': count('Seconds until there are more.', 60),
  'Retry-After': count('Seconds after which the request may be sent again.', 1),
  'WWW-Authenticate': text('Always `Bearer`.', 'Bearer'),
};

/** Says which headers come with which answer. */
export function documentHeaders(document: OpenAPIObject): void {
  document.components = { ...document.components, headers: { ...HEADERS, ...document.components?.headers } };
  for (const { operation } of operationsOf(document)) {
    const limited = takeExtension(operation, NOT_LIMITED_EXTENSION) === true ? [] : WHERE_LIMITED;
    addHeaders(operation, [...EVERYWHERE, ...limited]);
  }
}

function addHeaders({ responses }: Operation, names: readonly string[]): void {
  for (const [status, response] of Object.entries(responses)) {
    if (!response || '$ref' in response) continue;
    const references = [...(BY_STATUS[status] ?? []), ...names].map(
      (name) => [name, { $ref: `#/components/headers/${name}` }] as const,
    );
    response.headers = { ...response.headers, ...Object.fromEntries(references) };
  }
}
