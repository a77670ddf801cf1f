/** Where this dialect stands. */
export const USERS = 'api/user';
export const CHATROOMS = 'api/chatroom';
export const MESSAGES = 'api/message';

const PATH = new RegExp(`^/(${[USERS, CHATROOMS, MESSAGES].join('|')})(/|$)`);

/** @param path without its query */
export function isOfChatroom(path: string): boolean {
  return PATH.test(path);
}
