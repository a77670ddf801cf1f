import { Injectable } from '@nestjs/common';
import { ChatAccess, ChatsRepository } from '@app/chats';
import { ServiceBusy } from '@app/platform';
import { Audience } from './audience';
import type { OpenConnection } from './open-connection';
import { PresenceAhead } from './presence/presence-ahead';
import { Presence } from './presence/presence';

/** Somebody whose memberships change faster than they can be read has to come back later. */
const MAX_READS = 10;

/** Finds out what a new connection may hear, and lets it in without anything falling in between. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly audience: Audience,
    private readonly access: ChatAccess,
    private readonly chats: ChatsRepository,
    private readonly presence: Presence,
  ) {}

  /**
   * First the chats are followed, then the database is read: what has happened by then is in it, what happens later
   * is heard. The person counts as online there before being greeted: whoever sees the greeting may close the
   * connection to another node. Nothing more is done for a connection that closes meanwhile.
   * @throws ChatNotFound, ServiceBusy
   */
  async welcome(entry: OpenConnection): Promise<void> {
    const ahead = new PresenceAhead(this.presence, entry.userId);
    try {
      await this.findWhatToHear(entry, ahead);
    } finally {
      ahead.takeBack();
    }
  }

  private async findWhatToHear(entry: OpenConnection, ahead: PresenceAhead): Promise<void> {
    const { onlyChatId } = entry.connection;
    let wanted = onlyChatId === undefined ? (await this.read(entry)).keys() : [onlyChatId];
    for (let reads = 0; reads < MAX_READS; reads++) {
      if (entry.isClosed) return;
      await this.audience.hold(entry, wanted);
      if (entry.isClosed) return;
      entry.isOutdated = false;
      const positions = await this.read(entry);
      if (entry.isClosed) return;
      if ([...positions.keys()].every((chatId) => entry.holds(chatId))) {
        await ahead.count(positions);
        if (entry.isClosed) return;
        if (!entry.isOutdated) return this.letIn(entry, positions, ahead);
      }
      wanted = positions.keys();
    }
    throw new ServiceBusy('Your chats change too fast to listen to them.');
  }

  /** The chats that it may hear, and how far they have come. */
  private async read({ userId, connection }: OpenConnection): Promise<ReadonlyMap<number, number>> {
    const { actor, onlyChatId } = connection;
    if (onlyChatId === undefined) return this.chats.findPositionsOfMember(userId);
    const { chat } = await this.access.require(actor, 'read', onlyChatId);
    return new Map([[onlyChatId, chat.lastSeq]]);
  }

  /** In one turn: nothing can be told between the greeting and the joins. */
  private letIn(entry: OpenConnection, positions: ReadonlyMap<number, number>, ahead: PresenceAhead): void {
    const { userId, connection } = entry;
    const { onlyChatId: chatId } = connection;
    this.audience.keep(entry, positions);
    entry.isGreeted = true;
    if (chatId === undefined) connection.greet({ userId });
    else connection.greet({ userId, chatId, lastSeq: this.audience.reach(chatId, positions.get(chatId) ?? 0) });
    this.audience.join(entry, positions);
    ahead.keep();
  }
}
