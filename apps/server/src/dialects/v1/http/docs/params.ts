import { ApiParam } from '@nestjs/swagger';

/** Ids in paths, as the documentation describes them. */
function idParam(name: string, description: string, example: number): MethodDecorator & ClassDecorator {
  const range = { minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
  return ApiParam({ name, description, schema: { type: 'integer', format: 'int64', ...range, example } });
}

export const chatIdParam = idParam('chat_id', 'The chat.', 123);
export const messageIdParam = idParam('message_id', 'The message.', 456);
export const mediaIdParam = idParam('media_id', 'The file.', 17);
export const userIdParam = idParam('user_id', 'The person.', 789);
