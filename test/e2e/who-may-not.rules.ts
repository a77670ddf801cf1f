import type { Answer, Api } from '../support/api';

/** What an operation is tried on. */
export interface Target {
  readonly chatId: number;
  /** A message of the chat's admin. */
  readonly messageId: number;
  /** A file that it brings. */
  readonly mediaId: number;
  /** An upload of the admin's that is unfinished. */
  readonly uploadId: string | number;
  readonly adminId: number;
  readonly formerId: number;
  /** A session of the admin. */
  readonly sessionId: string | number;
}

/** What everybody gets who tries. `open`: needs no token. */
export interface Rule {
  readonly nobody: 401 | 'open';
  readonly stranger: number;
  readonly former: number;
  /** A member who is no admin. */
  readonly member: number;
  readonly call: (api: Api, target: Target) => Promise<Answer<unknown>>;
}

type Call = Rule['call'];

/** Needs an account, and concerns nobody but the one who asks. */
export const anyone = (status: number, call: Call): Rule => ({
  nobody: 401,
  stranger: status,
  former: status,
  member: status,
  call,
});
/** For members of the chat, whatever their role. */
export const members = (status: number, call: Call): Rule => ({
  nobody: 401,
  stranger: 404,
  former: 404,
  member: status,
  call,
});
/** For whoever made it, and for nobody else. */
export const onlyOwn = (call: Call): Rule => members(404, call);
/** For admins of the chat, or for whoever wrote the message. */
export const notMembers = (call: Call): Rule => members(403, call);
export const open = (call: Call): Rule => ({ nobody: 'open', stranger: 0, former: 0, member: 0, call });
