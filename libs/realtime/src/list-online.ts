import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatsRepository } from '@app/chats';
import type { Actor } from '@app/platform';
import { PersonName, UserDirectory } from '@app/users';
import { Presence } from './presence/presence';

/** People that are looked through, of those who share a chat with somebody. */
const MAX_COMPANIONS = 10_000;
const MAX_LISTED = 1000;

/** Who is online in a chat of the actor's, or among all who share a chat with the actor, the actor too. */
@Injectable()
export class ListOnline {
  constructor(
    private readonly access: ChatAccess,
    private readonly chats: ChatsRepository,
    private readonly presence: Presence,
    private readonly directory: UserDirectory,
  ) {}

  /**
   * @returns at most 1000, in the order of their ids
   * @throws ChatNotFound
   */
  async execute(actor: Actor, chatId?: number): Promise<PersonName[]> {
    const userIds = chatId === undefined ? await this.findCompanions(actor) : await this.findInChat(actor, chatId);
    const names = await this.directory.getNames(userIds.slice(0, MAX_LISTED));
    return [...names].sort(([a], [b]) => a - b).map(([, name]) => name);
  }

  private async findInChat(actor: Actor, chatId: number): Promise<readonly number[]> {
    await this.access.require(actor, 'read', chatId);
    return this.presence.listOnlineInChat(chatId);
  }

  /** Someone without any chat is online, too. */
  private async findCompanions({ userId }: Actor): Promise<readonly number[]> {
    const ids = new Set([userId, ...(await this.chats.listCompanionIds(userId, MAX_COMPANIONS))]);
    return [...ids].filter((id) => this.presence.isOnline(id));
  }
}
