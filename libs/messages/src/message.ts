export const MESSAGE_MAX_CHARACTERS = 10_000;
export const CLIENT_ID_MAX_CHARACTERS = 64;
export const MESSAGE_TYPES = ['text', 'image', 'video', 'audio', 'file'] as const;

export type MessageType = (typeof MESSAGE_TYPES)[number];

/** A message as members of its chat see it. A deleted one is a tombstone: its content is empty. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  /** The number of the change that brought it; edits and the deletion have numbers of their own. */
  readonly seq: number;
  readonly senderId: number;
  /** What the sender is called now. */
  readonly senderUsername: string;
  readonly content: string;
  readonly type: MessageType;
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly isDeleted: boolean;
  readonly clientId: string | null;
  /** Id of the message that it answers, in the same chat. */
  readonly replyTo: number | null;
}

/** An earlier text of a message. */
export interface Revision {
  /** From 1, the text that was first sent. */
  readonly number: number;
  readonly content: string;
  readonly writtenAt: Date;
}
