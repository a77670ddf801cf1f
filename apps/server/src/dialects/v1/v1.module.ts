import { Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { MediaModule } from '@app/media';
import { MessagesModule } from '@app/messages';
import { RealtimeModule } from '@app/realtime';
import { UsersModule } from '@app/users';
import { V1ErrorsModule } from './errors/v1-errors.module';
import { AccountsController } from './http/accounts.controller';
import { ChatsController } from './http/chats.controller';
import { HistoryController } from './http/history.controller';
import { LiveInfoController } from './http/live-info.controller';
import { MeController } from './http/me.controller';
import { MediaController } from './http/media.controller';
import { MessagesController } from './http/messages.controller';
import { ParticipantsController } from './http/participants.controller';
import { ResumableUploadsController } from './http/resumable-uploads.controller';
import { TusProtocol } from './http/resumable/tus-protocol';
import { SessionsController } from './http/sessions.controller';
import { UsersController } from './http/users.controller';
import { V1Handlers } from './live/v1-handlers';
import { V1Live } from './live/v1-live';
import { V1Receiver } from './live/v1-receiver';
import { ChatShapes } from './shapes/chat.shape';
import { FrameShapes } from './shapes/frames';
import { MediaUrls } from './shapes/media.shape';
import { V1Gateway } from './socket-io/v1.gateway';
import { RawWebSockets } from './ws/raw-websockets';

/** The native dialect: REST, raw WebSocket and Socket.IO under `/api/v1` and `/v1`, each a translation of the same use cases. */
@Module({
  imports: [UsersModule, ChatsModule, MediaModule, MessagesModule, RealtimeModule, V1ErrorsModule],
  controllers: [
    AccountsController,
    MeController,
    SessionsController,
    UsersController,
    ChatsController,
    ParticipantsController,
    MessagesController,
    HistoryController,
    ResumableUploadsController,
    MediaController,
    LiveInfoController,
  ],
  providers: [
    ChatShapes,
    FrameShapes,
    MediaUrls,
    TusProtocol,
    V1Handlers,
    V1Live,
    V1Receiver,
    V1Gateway,
    RawWebSockets,
  ],
})
export class V1Module {}
