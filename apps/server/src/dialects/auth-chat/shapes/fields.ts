import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';

/** Decorators for the kinds of values that appear on the wire of this dialect. */

type More = Omit<ApiPropertyOptions, 'type' | 'description'> & { nullable?: boolean; format?: string };

export function TextField(description: string, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: 'string', description, ...more } as ApiPropertyOptions);
}

/** The ids of the other dialects, as text. */
export function IdField(description: string, example = '42'): PropertyDecorator {
  return TextField(description, { pattern: '^[1-9][0-9]*$', example });
}

export function EmailField(description: string): PropertyDecorator {
  return TextField(`${description} An e-mail address; the username of someone without one.`, {
    example: 'john@example.org',
  });
}
