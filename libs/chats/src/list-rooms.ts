import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Chat } from './chat';
import { ChatViews } from './chat-views';
import { RoomSlice, RoomsRepository } from './rooms.repository';

/** The actor's chats, and with `all` also the rooms that anybody may join; the newest first. */
@Injectable()
export class ListRooms {
  constructor(
    private readonly rooms: RoomsRepository,
    private readonly views: ChatViews,
  ) {}

  async execute(actor: Actor, slice: RoomSlice, scope: 'own' | 'all'): Promise<Chat[]> {
    const own = await this.rooms.findOfMember(actor.userId, slice);
    const open = scope === 'all' ? await this.rooms.findOpen(slice) : [];
    const all = [...new Map([...own, ...open].map((room) => [room.id, room])).values()];
    return this.views.compose(all.sort((a, b) => b.id - a.id).slice(0, slice.limit));
  }
}
