import { Global, Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { RealtimeModule } from '@app/realtime';
import { UsersModule } from '@app/users';
import { DefaultNamespace } from './default-namespace';
import { DefaultNamespaceGateway } from './default-namespace/default-namespace.gateway';
import { NamespaceReceiver } from './default-namespace/namespace-receiver';
import { Handshakes } from './handshakes';
import { OriginPolicy } from './origin-policy';
import { SocketShutdown } from './socket-shutdown';
import { UpgradeRouter } from './upgrade-router';

/** Global: what every dialect's sockets share. */
@Global()
@Module({
  imports: [UsersModule, ChatsModule, RealtimeModule],
  providers: [
    Handshakes,
    OriginPolicy,
    UpgradeRouter,
    SocketShutdown,
    DefaultNamespace,
    DefaultNamespaceGateway,
    NamespaceReceiver,
  ],
  exports: [Handshakes, OriginPolicy, UpgradeRouter, DefaultNamespace],
})
export class SocketsModule {}
