import { chatIdFrom } from '../ids';
import { ChatroomIdMissing } from '../errors/chatroom.errors';

interface Payload {
  readonly chatroomId?: unknown;
  readonly message?: unknown;
}

/** What a client sent with an event; anything but an object has no fields. */
export function payloadFrom(payload: unknown): Payload {
  return typeof payload === 'object' && payload !== null ? payload : {};
}

/** @throws ChatroomIdMissing, ChatNotFound */
export function chatroomIdFrom({ chatroomId }: Payload): number {
  if (typeof chatroomId === 'number') return chatIdFrom(String(chatroomId));
  if (typeof chatroomId !== 'string' || chatroomId === '') throw new ChatroomIdMissing();
  return chatIdFrom(chatroomId);
}
