import type { OpenAPIObject } from '@nestjs/swagger';
import { addTagGroup, LocatedOperation, Operation, operationsOf, takeExtension } from '../../../transport/docs';
import { isOfChatroom } from '../paths';
import { WORDINGS_EXTENSION } from './words.decorator';

interface Said {
  readonly status: number;
  readonly sentence: string;
}

const ERROR_SCHEMA = {
  type: 'object' as const,
  required: ['detail'],
  properties: { detail: { type: 'string' as const, description: 'One sentence.', example: 'Chatroom not found!' } },
};

/** Groups the operations of this dialect, and adds to each what can go wrong: its own sentences, and what any can answer. */
export function documentChatroom(document: OpenAPIObject): void {
  addTagGroup(document, {
    name: 'chatroom',
    tags: [
      { name: 'Chatroom users', description: 'Accounts, log-ins and people. See docs/dialects/chatroom.md.' },
      { name: 'Chatrooms', description: 'Rooms that everybody may join.' },
      { name: 'Chatroom messages', description: 'Sending and reading.' },
    ],
  });
  const schemas = { ...document.components?.schemas, ChatroomError: ERROR_SCHEMA };
  document.components = { ...document.components, schemas };
  for (const located of operationsOf(document)) {
    if (!isOfChatroom(located.path)) continue;
    const own = (takeExtension(located.operation, WORDINGS_EXTENSION) ?? []) as readonly Said[];
    addErrors(located.operation, [...own, ...commonTo(located)]);
  }
}

function commonTo({ method, operation }: LocatedOperation): Said[] {
  const isWrite = method !== 'get';
  const takesInput = operation.requestBody !== undefined || operation.parameters?.some(isQuery);
  return [
    ...(isWrite ? [{ status: 400, sentence: 'The body must be valid JSON, without fields named __proto__.' }] : []),
    ...(operation.security?.length === 0
      ? []
      : [{ status: 401, sentence: 'A token is needed: send the header Authorization: Bearer <token>.' }]),
    ...(isWrite ? [{ status: 403, sentence: 'The cookie only counts together with an Origin of this server.' }] : []),
    ...(isWrite ? [{ status: 413, sentence: 'The body may have at most 262144 bytes.' }] : []),
    ...(isWrite ? [{ status: 415, sentence: 'The body must be sent as application/json.' }] : []),
    ...(takesInput ? [{ status: 422, sentence: 'limit: must be at most 100, but 101 was given.' }] : []),
    { status: 429, sentence: 'Too many requests. Try again in 17 s.' },
    ...(isWrite ? [{ status: 503, sentence: 'Too many writes are waiting.' }] : []),
  ];
}

function isQuery(parameter: object): boolean {
  return 'in' in parameter && parameter.in === 'query';
}

function addErrors({ responses }: Operation, said: readonly Said[]): void {
  const schema = { $ref: '#/components/schemas/ChatroomError' };
  for (const [status, ofStatus] of Map.groupBy(said, (one) => one.status)) {
    const sentences = [...new Set(ofStatus.map(({ sentence }) => sentence))];
    const examples = Object.fromEntries(
      sentences.map((sentence, index) => [
        `${status}-${index + 1}`,
        { summary: sentence, value: { detail: sentence } },
      ]),
    );
    const description = sentences.map((sentence) => `\`${sentence}\``).join(', ');
    responses[status] ??= { description, content: { 'application/json': { schema, examples } } };
  }
}
