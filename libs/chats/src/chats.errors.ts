import { DomainError } from '@app/platform';
import { GROUP_MAX_MEMBERS } from './chat';

/** No such chat, or none that the actor may know of. */
export class ChatNotFound extends DomainError {
  constructor() {
    super('not_found', 'chat.not_found', 'There is no such chat, or you are not in it.');
  }
}

/** A room that is open to join, and that the actor has not joined. Who only knows chats by invitation sees no difference. */
export class ChatNotJoined extends ChatNotFound {}

export class AlreadyParticipant extends DomainError {
  constructor() {
    super('conflict', 'chat.already_participant', 'You are in this chat already.');
  }
}

export class NotChatAdmin extends DomainError {
  constructor() {
    super('forbidden', 'chat.not_admin', 'Only an admin of the group may do this.');
  }
}

/** Direct chats have no name and no changing membership. */
export class ChatIsDirect extends DomainError {
  constructor() {
    super(
      'conflict',
      'chat.is_direct',
      'This is a direct chat: it can not be renamed, and nobody joins or is removed.',
    );
  }
}

export class ChatFull extends DomainError {
  constructor(wanted: number) {
    super('conflict', 'chat.full', `A group has at most ${GROUP_MAX_MEMBERS} members; this would make ${wanted}.`);
  }
}

/** The named person is not a member of the chat. */
export class NotParticipant extends DomainError {
  constructor(userId: number) {
    super('not_found', 'chat.not_participant', `User ${userId} is not in this chat.`);
  }
}

/** A group always has an admin. */
export class LastAdmin extends DomainError {
  constructor() {
    super('conflict', 'chat.last_admin', 'You are the only admin of the group: name another one first.');
  }
}

/** Some of the people who were named do not exist (any more). `fields` says which. */
export class PeopleNotFound extends DomainError {
  /** @param named the ids as they were given, in order, under the field `path` */
  constructor(path: string, named: readonly number[], known: ReadonlySet<number>) {
    const fields = named.flatMap((userId, index) =>
      known.has(userId)
        ? []
        : [{ path: `${path}.${index}`, code: 'not_found', detail: `${path}.${index}: there is no user ${userId}.` }],
    );
    super('not_found', 'user.not_found', fields.map(({ detail }) => detail).join(' '), { fields });
  }
}

/** A direct chat is between exactly two different people. */
export class DirectChatNeedsOnePerson extends DomainError {
  constructor(detail: string) {
    super('invalid', 'request.invalid', detail, {
      fields: [{ path: 'participant_ids', code: 'not_one_other', detail }],
    });
  }
}
