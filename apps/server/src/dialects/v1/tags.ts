import type { OpenAPIObject } from '@nestjs/swagger';
import { addTagGroup } from '../../transport/docs';

/** How this dialect's operations are grouped in the documentation. */
export function documentTags(document: OpenAPIObject): void {
  addTagGroup(document, {
    name: 'v1, the native API',
    tags: [
      { name: 'Users', description: 'Accounts, log-ins and people.' },
      { name: 'Chats', description: 'Direct chats and groups, and who is in them.' },
      { name: 'Messages', description: 'Sending, revising, reading and catching up.' },
      { name: 'Media', description: 'Files that messages bring: uploading and downloading them.' },
      { name: 'Live', description: 'Who is connected. The sockets themselves are described in docs/realtime.md.' },
    ],
  });
}
