import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';

export { TextField } from '../../../transport/docs';

/** An id, as text. */
export function IdField(description: string, example = '42'): PropertyDecorator {
  return ApiProperty({ type: 'string', pattern: '^[1-9][0-9]*$', example, description });
}

/** A text, or an object with a text in `content`. */
export function MessageField(description: string): PropertyDecorator {
  const text = { type: 'string', example: 'Hello World!' } as const;
  const object = {
    type: 'object',
    required: ['content'],
    properties: { content: { type: 'string' } },
    additionalProperties: true,
    example: { content: 'Zm9v…', pubKey: 'MIIB…', privKeyId: '7' },
  } as const;
  return ApiProperty({ description, oneOf: [text, object], example: 'Hello World!' } as ApiPropertyOptions);
}
