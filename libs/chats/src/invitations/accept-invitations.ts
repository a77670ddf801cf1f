import { Injectable, OnModuleInit } from '@nestjs/common';
import { Database } from '@app/database';
import { DomainEvent, foldForComparison } from '@app/platform';
import { EmailOwners, UserDirectory } from '@app/users';
import type { EntityManager } from 'typeorm';
import { recordArrival } from '../arrival';
import { GROUP_MAX_MEMBERS } from '../chat';
import type { Names } from '../chat-views';
import { ChatFull, ChatNotFound } from '../chats.errors';
import { Applied, ChatLog, ChatWrite, ChatWriter, LockedChat } from '../log';
import type { InvitationEntity } from '../persistence/invitation.entity';
import { InvitationsRepository } from './invitations.repository';

/** Chats that one person comes into at once; they share a commit. */
const BATCH_SIZE = 200;

interface Acceptance extends ChatWrite {
  readonly email: string;
}

interface Prepared {
  readonly waiting: readonly InvitationEntity[];
  readonly owners: ReadonlyMap<string, number>;
  readonly names: Names;
  readonly done: InvitationEntity[];
}

/**
 * Makes members of those who have an address that was invited: when they sign up with it, before they are answered.
 * The invitation goes in the transaction in which the member comes, so a crash leaves one of the two: `InvitationSweeper`
 * finds the first.
 */
@Injectable()
export class AcceptInvitations extends ChatWriter<Acceptance, void, Prepared> implements OnModuleInit {
  override readonly needsAllMembers = true;

  constructor(
    private readonly log: ChatLog,
    private readonly database: Database,
    private readonly invitations: InvitationsRepository,
    private readonly directory: UserDirectory,
    private readonly emailOwners: EmailOwners,
  ) {
    super();
  }

  onModuleInit(): void {
    this.emailOwners.onOwner(({ userId, email }) => this.execute(userId, foldForComparison(email)));
  }

  /** @param email folded. Invitations to chats that are closed by now are forgotten. */
  async execute(userId: number, email: string): Promise<void> {
    let after = 0;
    for (;;) {
      const chatIds = await this.invitations.listChatIds(email, { after, limit: BATCH_SIZE });
      await Promise.all(chatIds.map((chatId) => this.accept(userId, chatId, email)));
      if (chatIds.length < BATCH_SIZE) return;
      after = chatIds.at(-1) ?? after;
    }
  }

  async prepare(tx: EntityManager, writes: readonly Acceptance[]): Promise<Prepared> {
    const waiting = await this.invitations.find(
      writes.map(({ chatId }) => chatId),
      tx,
    );
    const owners = await this.directory.findIdsByEmail(
      writes.map(({ email }) => email),
      tx,
    );
    return { waiting, owners, names: await this.directory.getNames([...owners.values()]), done: [] };
  }

  apply({ actor: { userId }, chatId, email }: Acceptance, chat: LockedChat, prepared: Prepared): Applied<void> {
    const invitation = prepared.waiting.find((row) => row.chatId === chatId && row.email === email);
    // Another run was faster, or the address has changed hands.
    if (!invitation || prepared.owners.get(email) !== userId) return { result: undefined };
    const isMember = chat.findMember(userId) !== undefined;
    if (!isMember && chat.listMembers().length >= GROUP_MAX_MEMBERS) throw new ChatFull(GROUP_MAX_MEMBERS + 1);
    prepared.done.push(invitation);
    return { result: undefined, events: isMember ? [] : [this.arrive(chat, userId, prepared.names)] };
  }

  override async flush(tx: EntityManager, { done }: Prepared): Promise<void> {
    await this.invitations.delete(tx, done);
  }

  private arrive(chat: LockedChat, userId: number, names: Names): DomainEvent {
    chat.learnNames(names);
    return recordArrival(chat, userId, names);
  }

  private async accept(userId: number, chatId: number, email: string): Promise<void> {
    try {
      await this.log.commit(this, { actor: { userId, sessionId: '' }, chatId, email });
    } catch (error) {
      if (!(error instanceof ChatNotFound)) throw error;
      await this.database.transaction((tx) => this.invitations.forgetIfClosed(tx, { chatId, email }));
    }
  }
}
