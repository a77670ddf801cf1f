import { ApiProperty, ApiPropertyOptions } from '@nestjs/swagger';

type More = Omit<ApiPropertyOptions, 'type' | 'format' | 'description'> & { nullable?: boolean; format?: string };

/** A text, as the API document describes it. */
export function TextField(description: string, more: More = {}): PropertyDecorator {
  return ApiProperty({ type: 'string', description, ...more } as ApiPropertyOptions);
}
