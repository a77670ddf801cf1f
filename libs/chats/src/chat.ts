export const GROUP_MAX_MEMBERS = 100;
export const CHAT_NAME_MAX_CHARACTERS = 100;
export const GROUP_DESCRIPTION_MAX_CHARACTERS = 1000;

export type ChatType = 'direct' | 'group';

/** A member as others see one. The names are the person's current ones. */
export interface Participant {
  readonly userId: number;
  readonly username: string;
  /** Null for someone without one. Not for everybody: see `PersonName`. */
  readonly email: string | null;
  readonly fullName: string | null;
  readonly joinedAt: Date;
  readonly isAdmin: boolean;
}

/** A conversation between the two people of a direct chat, or of up to {@link GROUP_MAX_MEMBERS} in a group. */
export interface Chat {
  readonly id: number;
  readonly type: ChatType;
  readonly name: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly isActive: boolean;
  /** True for rooms that anybody may join. */
  readonly isOpen: boolean;
  /** Number of the latest change. */
  readonly lastSeq: number;
  /** Longest-standing first. */
  readonly participants: readonly Participant[];
}

/** Says which people a direct chat is between, whoever asks. */
export function directKeyOf(oneUserId: number, otherUserId: number): string {
  return `${Math.min(oneUserId, otherUserId)}:${Math.max(oneUserId, otherUserId)}`;
}

/** The other one of the two. */
export function otherOfDirectKey(directKey: string, userId: number): number {
  const ids = directKey.split(':').map(Number);
  return ids.find((id) => id !== userId) ?? NaN;
}
