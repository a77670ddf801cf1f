import { Injectable, PipeTransform } from '@nestjs/common';
import { ChatNotFound } from '@app/chats';
import { UserNotFound } from '@app/users';

const ID = /^[1-9]\d{0,15}$/;

/** Ids are text on this wire. What can't be one is the id of nothing: undefined. */
export function idFrom(text: string): number | undefined {
  const id = ID.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(id) ? id : undefined;
}

/** @throws ChatNotFound */
export function chatIdFrom(text: string): number {
  const chatId = idFrom(text);
  if (chatId === undefined) throw new ChatNotFound();
  return chatId;
}

/** An id in the path, of a person. */
@Injectable()
export class UserIdPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    const userId = idFrom(text);
    if (userId === undefined) throw new UserNotFound(0);
    return userId;
  }
}

/** An id in the path, of a chat. */
@Injectable()
export class ChatIdPipe implements PipeTransform<string, number> {
  transform(text: string): number {
    return chatIdFrom(text);
  }
}
