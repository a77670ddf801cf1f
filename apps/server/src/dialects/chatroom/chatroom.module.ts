import { Module, OnModuleInit } from '@nestjs/common';
import { ChatsModule } from '@app/chats';
import { MessagesModule } from '@app/messages';
import { RealtimeModule } from '@app/realtime';
import { UsersModule } from '@app/users';
import { ApiDocument } from '../../transport/docs';
import { ErrorShapes } from '../../transport/errors';
import { CookieTokens } from './auth/cookie-tokens';
import { ChatroomErrorShape } from './errors/chatroom-error-shape';
import { documentChatroom } from './errors/document-errors';
import { ChatroomsController } from './http/chatrooms.controller';
import { LoginController } from './http/login.controller';
import { MessagesController } from './http/messages.controller';
import { UsersController } from './http/users.controller';
import { ChatroomEvents } from './live/chatroom-events';
import { ChatroomLive } from './live/chatroom-live';

/**
 * The dialect `chatroom`: rooms that everybody may join, under `/api/user`, `/api/chatroom` and `/api/message`,
 * and live in the default namespace of Socket.IO.
 */
@Module({
  imports: [UsersModule, ChatsModule, MessagesModule, RealtimeModule],
  controllers: [UsersController, LoginController, ChatroomsController, MessagesController],
  providers: [CookieTokens, ChatroomEvents, ChatroomLive],
})
export class ChatroomModule implements OnModuleInit {
  constructor(
    private readonly shapes: ErrorShapes,
    private readonly document: ApiDocument,
  ) {}

  onModuleInit(): void {
    this.shapes.register(new ChatroomErrorShape());
    this.document.refine(documentChatroom);
  }
}
