import { Global, Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { RealtimeModule } from '@app/realtime';
import { OriginPolicy } from './origin-policy';
import { SocketShutdown } from './socket-shutdown';
import { UpgradeRouter } from './upgrade-router';

/** Global: what every dialect's sockets share. */
@Global()
@Module({
  imports: [ChatsModule, RealtimeModule],
  providers: [OriginPolicy, UpgradeRouter, SocketShutdown],
  exports: [OriginPolicy, UpgradeRouter],
})
export class SocketsModule {}
