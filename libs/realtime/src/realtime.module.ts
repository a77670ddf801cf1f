import { Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { MessagesModule } from '@app/messages';
import { UsersModule } from '@app/users';
import { Connections } from './connections';
import { LiveFeed } from './live-feed';
import { LocalPresence } from './local-presence';
import { Presence } from './presence';
import { Typing } from './typing';

@Module({
  imports: [UsersModule, ChatsModule, MessagesModule],
  providers: [LocalPresence, { provide: Presence, useExisting: LocalPresence }, Connections, LiveFeed, Typing],
  exports: [Presence, Connections, LiveFeed, Typing],
})
export class RealtimeModule {}
