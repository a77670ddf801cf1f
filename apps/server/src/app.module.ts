import { DynamicModule, Module } from '@nestjs/common';
import { DatabaseModule, MongoModule } from '@app/database';
import { Config, PlatformModule } from '@app/platform';
import { ChatroomModule } from './dialects/chatroom/chatroom.module';
import { AuthChatModule } from './dialects/auth-chat/auth-chat.module';
import { V1Module } from './dialects/v1/v1.module';
import { LoggingModule } from './transport/logging/logging.module';
import { SocketsModule } from './transport/sockets/sockets.module';
import { TransportModule } from './transport/transport.module';

/** A dialect is one line here, and brings the features that it needs. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.register(config),
        LoggingModule,
        DatabaseModule,
        MongoModule.register(config),
        TransportModule,
        SocketsModule,
        V1Module,
        ChatroomModule,
        AuthChatModule,
      ],
    };
  }
}
