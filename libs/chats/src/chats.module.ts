import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '@app/users';
import { AddParticipants } from './add-participants';
import { AppointAdmin } from './appoint-admin';
import { ChatAccess } from './chat-access';
import { ChatViews } from './chat-views';
import { ChatsRepository } from './chats.repository';
import { CreateGroup } from './create-group';
import { DeleteAccount } from './delete-account';
import { GetChat } from './get-chat';
import { HideChat } from './hide-chat';
import { LeaveChat } from './leave-chat';
import { ListParticipants } from './list-participants';
import { ChatLog } from './log';
import { ChatLogRepository } from './log/chat-log.repository';
import { OpenDirectChat } from './open-direct-chat';
import { ChatEventEntity } from './persistence/chat-event.entity';
import { ChatEntity } from './persistence/chat.entity';
import { ParticipantEntity } from './persistence/participant.entity';
import { RemoveParticipant } from './remove-participant';
import { RenameChat } from './rename-chat';

const useCases = [
  AddParticipants,
  AppointAdmin,
  CreateGroup,
  DeleteAccount,
  GetChat,
  LeaveChat,
  ListParticipants,
  OpenDirectChat,
  RemoveParticipant,
  RenameChat,
];

@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([ChatEntity, ParticipantEntity, ChatEventEntity])],
  providers: [...useCases, HideChat, ChatAccess, ChatViews, ChatsRepository, ChatLog, ChatLogRepository],
  exports: [...useCases, ChatAccess, ChatViews, ChatsRepository, ChatLog],
})
export class ChatsModule {}
