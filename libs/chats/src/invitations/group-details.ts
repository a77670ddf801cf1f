import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Chat } from '../chat';
import { ChatAccess } from '../chat-access';
import { ChatViews } from '../chat-views';
import type { ChatEntity } from '../persistence/chat.entity';
import { InvitationsRepository } from './invitations.repository';

/** A chat, with what only its members' own pages show of it. */
export interface GroupDetails {
  readonly chat: Chat;
  /** What it says about itself; null for nothing. */
  readonly description: string | null;
  /** Addresses that wait for their owners, folded, in alphabetical order. */
  readonly invitedEmails: readonly string[];
}

/** A chat with its description and invitations, for its members. */
@Injectable()
export class GetGroupDetails {
  constructor(
    private readonly access: ChatAccess,
    private readonly views: ChatViews,
    private readonly invitations: InvitationsRepository,
  ) {}

  /** @throws ChatNotFound */
  async execute(actor: Actor, chatId: number): Promise<GroupDetails> {
    const { chat } = await this.access.require(actor, 'read', chatId);
    return this.compose(chat);
  }

  async compose(chat: Readonly<ChatEntity>): Promise<GroupDetails> {
    const invited = await this.invitations.find([chat.id]);
    const { description } = chat;
    return { chat: await this.views.composeOne(chat), description, invitedEmails: invited.map(({ email }) => email) };
  }
}
