import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import { UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { recordArrival } from './arrival';
import { Chat, GROUP_MAX_MEMBERS } from './chat';
import type { Names } from './chat-views';
import { ChatFull, PeopleNotFound } from './chats.errors';
import { GetChat } from './get-chat';
import { InvitationsRepository } from './invitations/invitations.repository';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from './log';

interface Addition extends ChatWrite {
  readonly userIds: readonly number[];
}

interface People {
  readonly active: ReadonlySet<number>;
  readonly names: Names;
  /** They have a place, too. */
  readonly invitations: readonly { readonly chatId: number }[];
}

/** Brings people into a group. Who is in it already stays as he or she is. */
@Injectable()
export class AddParticipants extends ChatWriter<Addition, void, People> {
  override readonly needsAllMembers = true;

  constructor(
    private readonly log: ChatLog,
    private readonly directory: UserDirectory,
    private readonly invitations: InvitationsRepository,
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
    const invitations = await this.invitations.find(
      writes.map(({ chatId }) => chatId),
      tx,
    );
    return { active, names: await this.directory.getNames([...active]), invitations };
  }

  apply({ actor, userIds }: Addition, chat: LockedChat, { active, names, invitations }: People): Applied<void> {
    chat.requirePermission('add participants', actor);
    if (userIds.some((userId) => !active.has(userId))) throw new PeopleNotFound('user_ids', userIds, active);
    chat.learnNames(names);
    const newIds = [...new Set(userIds)].filter((userId) => !chat.findMember(userId));
    const invited = invitations.filter(({ chatId }) => chatId === chat.id).length;
    const wanted = chat.listMembers().length + invited + newIds.length;
    if (newIds.length > 0 && wanted > GROUP_MAX_MEMBERS) throw new ChatFull(wanted);

    return { result: undefined, events: newIds.map((userId) => recordArrival(chat, userId, names)) };
  }
}
