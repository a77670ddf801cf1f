import { ArgumentMetadata, Injectable, PipeTransform } from '@nestjs/common';
import { ChatNotFound } from '@app/chats';

const ID = /^[1-9]\d{0,15}$/;

/** The number behind an id as this dialect writes it, also where a client took it for a number; null for none. */
export function parseRoomId(id: unknown): number | null {
  const text = typeof id === 'number' ? String(id) : id;
  if (typeof text !== 'string' || !ID.test(text)) return null;
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

/** An id in the path. A wrong one is one of a room that is not there. */
@Injectable()
export class RoomIdPipe implements PipeTransform<string, number> {
  /** @throws ChatNotFound */
  transform(value: string, _metadata: ArgumentMetadata): number {
    const id = parseRoomId(value);
    if (id === null) throw new ChatNotFound();
    return id;
  }
}
