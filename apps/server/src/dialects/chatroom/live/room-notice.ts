import { topicOfChat } from '@app/chats';
import { defineEvent } from '@app/platform';

/** Something that everybody is told whose socket is in the room, on whatever node it is. */
export interface Notice {
  readonly chatId: number;
  readonly message: string;
}

export const RoomNoticed = defineEvent<Notice>('chatroom.noticed', topicOfChat);
