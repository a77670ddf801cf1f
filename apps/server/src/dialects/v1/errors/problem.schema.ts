/** How `Problem` and its fields are described to readers of the documentation. */

export const FIELD_ERROR_SCHEMA = {
  type: 'object',
  required: ['path', 'code', 'detail'],
  properties: {
    path: { type: 'string', description: 'Where the field stands, with dots.', example: 'participant_ids.3' },
    code: { type: 'string', description: 'Stable, for programs.', example: 'not_an_integer' },
    detail: {
      type: 'string',
      description: 'One sentence for people: the limit, and what was given.',
      example: 'participant_ids.3: must be a whole number, but "x" was given.',
    },
  },
};

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457.',
  required: ['type', 'title', 'status', 'status_code', 'detail', 'code'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description: 'Where the code is explained, on this server.',
      example: '/docs/errors#request.invalid',
    },
    title: { type: 'string', description: 'The same for every problem of a status.', example: 'Unprocessable Entity' },
    status: { type: 'integer', example: 422 },
    status_code: { type: 'integer', description: 'The same as `status`.', example: 422 },
    detail: {
      type: 'string',
      description: 'One sentence for people.',
      example: 'participant_ids.3: must be a whole number, but "x" was given.',
    },
    code: { type: 'string', description: 'Stable, for programs.', example: 'request.invalid' },
    errors: {
      type: 'array',
      description: 'One entry for each bad field, 20 at most.',
      items: { $ref: '#/components/schemas/FieldError' },
    },
  },
};
