import { Module } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { MediaModule } from '@app/media';
import { MessagesModule } from '@app/messages';
import { RealtimeModule } from '@app/realtime';
import { UsersModule } from '@app/users';
import { AuthChatErrorsModule } from './errors/auth-chat-errors.module';
import { AuthController } from './http/auth.controller';
import { RoomMessagesController } from './http/room-messages.controller';
import { RoomsController } from './http/rooms.controller';
import { UploadsController } from './http/uploads.controller';
import { AuthChatEvents } from './live/auth-chat-events';
import { AuthChatLive } from './live/auth-chat-live';

/** The dialect of a FastAPI chat service: REST under `/auth` and `/chat`, and Socket.IO in the default namespace. */
@Module({
  imports: [UsersModule, ChatsModule, MediaModule, MessagesModule, RealtimeModule, AuthChatErrorsModule],
  controllers: [AuthController, RoomsController, RoomMessagesController, UploadsController],
  providers: [AuthChatEvents, AuthChatLive],
})
export class AuthChatModule {}
