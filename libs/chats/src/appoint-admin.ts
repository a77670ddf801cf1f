import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { Participant } from './chat';
import { composeParticipant, Names } from './chat-views';
import { LastAdmin } from './chats.errors';
import { recordRole } from './departure';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from './log';

interface Appointment extends ChatWrite {
  readonly userId: number;
  readonly isAdmin: boolean;
}

/** Gives a member of a group the admin's role, or takes it away. A group always keeps one. */
@Injectable()
export class AppointAdmin extends ChatWriter<Appointment, Participant, Names> {
  override readonly needsAllMembers = true;

  constructor(
    private readonly log: ChatLog,
    private readonly directory: UserDirectory,
  ) {
    super();
  }

  /** @throws ChatNotFound, NotChatAdmin, ChatIsDirect, NotParticipant, LastAdmin */
  execute(actor: Actor, chatId: number, userId: number, isAdmin: boolean): Promise<Participant> {
    return this.log.commit(this, { actor, chatId, userId, isAdmin });
  }

  prepare(_tx: unknown, writes: readonly Appointment[]): Promise<Names> {
    return this.directory.getNames(writes.map(({ userId }) => userId));
  }

  apply({ actor, userId, isAdmin }: Appointment, chat: LockedChat, names: Names): Applied<Participant> {
    chat.requirePermission('appoint admin', actor);
    const member = chat.getMember(userId);
    if (member.isAdmin === isAdmin) return { result: composeParticipant(member, names) };
    const admins = chat.listMembers().filter((other) => other.isAdmin);
    if (!isAdmin && admins.length === 1) throw new LastAdmin();
    const event = recordRole(chat, member, isAdmin, names);
    return { result: composeParticipant({ ...member, isAdmin }, names), events: [event] };
  }
}
