import { ApiOkResponse } from '@nestjs/swagger';

/** An answer that is a JSON string. */
export function textAnswer(description: string, example: string): MethodDecorator {
  return ApiOkResponse({ description, content: { 'application/json': { schema: { type: 'string', example } } } });
}
