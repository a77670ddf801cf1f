import { Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { MessagesModule } from '@app/messages';
import { Clock, Config, EventBus } from '@app/platform';
import { UsersModule } from '@app/users';
import { Arrivals } from './arrivals';
import { Audience } from './audience';
import { Connections } from './connections';
import { ListOnline } from './list-online';
import { LiveFeed } from './live-feed';
import { LocalPresence } from './presence/local-presence';
import { Memberships } from './memberships';
import { Presence } from './presence/presence';
import { RedisPresence } from './presence/redis-presence';
import { Resync } from './resync';
import { ChatStreams } from './streams/chat-streams';
import { HoleFiller } from './streams/hole-filler';
import { Typing } from './typing';
import { TypingShown } from './typing-shown';

@Module({
  imports: [UsersModule, ChatsModule, MessagesModule],
  providers: [
    { provide: Presence, inject: [Config, EventBus, Clock], useFactory: openPresence },
    Arrivals,
    Audience,
    ChatStreams,
    Connections,
    HoleFiller,
    ListOnline,
    LiveFeed,
    Memberships,
    Resync,
    Typing,
    TypingShown,
  ],
  exports: [Presence, Connections, ListOnline, LiveFeed, Typing],
})
export class RealtimeModule {}

async function openPresence({ values }: Config, events: EventBus, clock: Clock): Promise<Presence> {
  return values.REDIS_URL === undefined
    ? new LocalPresence(events, clock)
    : RedisPresence.open(values.REDIS_URL, events, clock);
}
