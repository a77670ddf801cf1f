import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { Chat, GROUP_MAX_MEMBERS } from './chat';
import { composeParticipant, Names } from './chat-views';
import { ChatFull, PeopleNotFound } from './chats.errors';
import { ParticipantAdded } from './chats.events';
import { GetChat } from './get-chat';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from './log';
import { newMember } from './new-chat';

interface Addition extends ChatWrite {
  readonly userIds: readonly number[];
}

interface People {
  readonly active: ReadonlySet<number>;
  readonly names: Names;
}

/** Brings people into a group. Who is in it already stays as he or she is. */
@Injectable()
export class AddParticipants extends ChatWriter<Addition, void, People> {
  override readonly needsAllMembers = true;

  constructor(
    private readonly log: ChatLog,
    private readonly directory: UserDirectory,
    private readonly getChat: GetChat,
  ) {
    super();
  }

  /** @throws ChatNotFound, NotChatAdmin, ChatIsDirect, ChatFull, PeopleNotFound */
  async execute(actor: Actor, chatId: number, userIds: readonly number[]): Promise<Chat> {
    await this.log.commit(this, { actor, chatId, userIds });
    return this.getChat.execute(actor, chatId);
  }

  async prepare(tx: EntityManager, writes: readonly Addition[]): Promise<People> {
    const userIds = [...new Set(writes.flatMap((write) => write.userIds))];
    const active = await this.directory.findActiveIds(userIds, tx);
    return { active, names: await this.directory.getNames([...active]) };
  }

  apply({ actor, userIds }: Addition, chat: LockedChat, { active, names }: People): Applied<void> {
    chat.requirePermission('add participants', actor);
    if (userIds.some((userId) => !active.has(userId))) throw new PeopleNotFound('user_ids', userIds, active);
    chat.learnNames(names);
    const newIds = [...new Set(userIds)].filter((userId) => !chat.findMember(userId));
    const wanted = chat.listMembers().length + newIds.length;
    if (newIds.length > 0 && wanted > GROUP_MAX_MEMBERS) throw new ChatFull(wanted);

    const events = newIds.map((userId) => {
      const member = newMember(chat.id, userId, chat.now, { isAdmin: false, readSeq: chat.state.lastSeq });
      chat.putMember(member);
      const details = { joinedAt: member.joinedAt, isAdmin: member.isAdmin };
      const change = chat.recordEvent(ParticipantAdded.eventName, userId, details);
      return ParticipantAdded({ ...change, participant: composeParticipant(member, names) });
    });
    return { result: undefined, events };
  }
}
