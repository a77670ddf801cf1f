import type { ApiResponseOptions } from '@nestjs/swagger';

/** Headers of answers, as the documentation describes them. */
type Headers = NonNullable<ApiResponseOptions['headers']>;

/** @param example the address of such a resource */
export function location(example: string): Headers {
  const schema = { type: 'string', format: 'uri-reference', example };
  return { Location: { description: 'Where the new resource is found.', schema } };
}

export const REPLAYED: Headers = {
  'Idempotency-Replayed': {
    description: 'Says that nothing was done: this is what the first request with the same key has come to.',
    schema: { type: 'string', enum: ['true'], example: 'true' },
  },
};
