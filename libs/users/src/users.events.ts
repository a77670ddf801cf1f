import { defineEvent } from '@app/platform';

/** These log-ins are over: their tokens are refused from now on, and their sockets must close. */
export const SessionsEnded = defineEvent<{ userId: number; sessionIds: readonly string[] }>('users.sessions_ended');

/** What others see of the person has changed. */
export const UserChanged = defineEvent<{ userId: number }>('users.changed');

/** The account is gone, and the person is shown under another name. */
export const UserDeleted = defineEvent<{ userId: number }>('users.deleted');
