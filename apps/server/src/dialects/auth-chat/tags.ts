import type { OpenAPIObject } from '@nestjs/swagger';
import { addTagGroup } from '../../transport/docs';

export const TAGS = {
  auth: 'auth-chat: accounts',
  rooms: 'auth-chat: chats',
} as const;

/** How this dialect's operations are grouped in the documentation. */
export function documentTags(document: OpenAPIObject): void {
  addTagGroup(document, {
    name: 'auth-chat',
    tags: [
      { name: TAGS.auth, description: 'Signing up and logging in, as clients of the FastAPI chat service do.' },
      {
        name: TAGS.rooms,
        description: 'Private chats, rooms and messages of the same service. Its sockets: docs/dialects/auth-chat.md.',
      },
    ],
  });
}
