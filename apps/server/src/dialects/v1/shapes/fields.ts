import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';

export { TextField } from '../../../transport/docs';

/** Decorators for the kinds of values that appear on the wire, so that each kind is described the same everywhere. */

type More = Omit<ApiPropertyOptions, 'type' | 'format' | 'description'> & { nullable?: boolean };

/** An id or a number of a change: a whole number that JSON can carry exactly. */
export function IdField(description: string, more: More = {}): PropertyDecorator {
  const range = { minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
  return ApiProperty({
    type: 'integer',
    format: 'int64',
    ...range,
    example: 42,
    description,
    ...more,
  } as ApiPropertyOptions);
}

/** A position in the sequence of a chat, or how many there are of something: 0 and up. */
export function CountField(description: string, more: More = {}): PropertyDecorator {
  const range = { minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
  return ApiProperty({
    type: 'integer',
    format: 'int64',
    ...range,
    example: 7,
    description,
    ...more,
  } as ApiPropertyOptions);
}

export function FlagField(description: string, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: 'boolean', example: false, description, ...more } as ApiPropertyOptions);
}

/** ISO 8601, UTC, with milliseconds and `Z`. */
export function TimeField(description: string, more: More = {}): PropertyDecorator {
  const example = '2026-11-20T09:30:15.123Z';
  return ApiProperty({ type: 'string', format: 'date-time', example, description, ...more } as ApiPropertyOptions);
}
