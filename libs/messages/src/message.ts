import type { Media } from '@app/media';

export const MESSAGE_MAX_CHARACTERS = 10_000;
export const MESSAGE_EXTRAS_MAX_BYTES = 16 * 1024;
export const CLIENT_ID_MAX_CHARACTERS = 64;
export const MESSAGE_TYPES = ['text', 'image', 'video', 'audio', 'file'] as const;

export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Said in the place of a lost text where a client's contract has no room for an error: never silently nothing. */
export const LOST_TEXT_NOTE = '(This text can not be shown at the moment.)';

/** A message as members of its chat see it. A deleted one is a tombstone: its content is empty. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  /** The number of the change that brought it; edits and the deletion have numbers of their own. */
  readonly seq: number;
  readonly senderId: number;
  /** What the sender is called now. */
  readonly senderUsername: string;
  /** Null for someone without one. Not for everybody: see `PersonName`. */
  readonly senderEmail: string | null;
  readonly content: string;
  /**
   * The other fields of a message that was sent as an object with a `content`, as JSON text of an object;
   * null for one that was a text. They belong to this text: an edit brings none, a deletion takes them.
   */
  readonly extras: string | null;
  /**
   * True if the text should be there and is not: damage, which was counted and logged. `content` is empty then,
   * and whoever shows the message says so.
   */
  readonly isTextLost: boolean;
  readonly type: MessageType;
  readonly sentAt: Date;
  readonly editedAt: Date | null;
  readonly isDeleted: boolean;
  readonly clientId: string | null;
  /** Id of the message that it answers, in the same chat. */
  readonly replyTo: number | null;
  /** The files that it brings, in order; none in a tombstone. */
  readonly media: readonly Media[];
}

/** An earlier text of a message. */
export interface Revision {
  /** From 1, the text that was first sent. */
  readonly number: number;
  readonly content: string;
  readonly writtenAt: Date;
}
