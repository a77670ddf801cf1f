import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@app/users';
import type { Actor, Page, PageRequest } from '@app/platform';
import type { Participant } from './chat';
import { ChatAccess } from './chat-access';
import { composeParticipant } from './chat-views';
import { ChatsRepository } from './chats.repository';

/** Who is in a chat, longest-standing first. */
@Injectable()
export class ListParticipants {
  constructor(
    private readonly access: ChatAccess,
    private readonly chats: ChatsRepository,
    private readonly directory: UserDirectory,
  ) {}

  /** @throws ChatNotFound */
  async execute(actor: Actor, chatId: number, request: PageRequest): Promise<Page<Participant>> {
    await this.access.require(actor, 'read', chatId);
    const page = await this.chats.findMembersPage(chatId, request);
    const names = await this.directory.getNames(page.items.map(({ userId }) => userId));
    return { ...page, items: page.items.map((member) => composeParticipant(member, names)) };
  }
}
