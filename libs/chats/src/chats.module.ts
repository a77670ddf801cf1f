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
import { AcceptInvitations } from './invitations/accept-invitations';
import { CreateGroupByEmail } from './invitations/create-group-by-email';
import { GetGroupDetails } from './invitations/group-details';
import { InvitationSweeper } from './invitations/invitation-sweeper';
import { InvitationsRepository } from './invitations/invitations.repository';
import { JoinChat } from './join-chat';
import { LeaveChat } from './leave-chat';
import { ListDirectChats } from './list-direct-chats';
import { ListParticipants } from './list-participants';
import { ListRooms } from './list-rooms';
import { ChatLog } from './log';
import { ChatLogRepository } from './log/chat-log.repository';
import { CommitDoubts } from './log/commit-doubts';
import { OpenDirectChat } from './open-direct-chat';
import { OpenRoom } from './open-room';
import { ChatEventEntity } from './persistence/chat-event.entity';
import { ChatEntity } from './persistence/chat.entity';
import { InvitationEntity } from './persistence/invitation.entity';
import { ParticipantEntity } from './persistence/participant.entity';
import { RemoveParticipant } from './remove-participant';
import { RenameChat } from './rename-chat';
import { RoomsRepository } from './rooms.repository';

const useCases = [
  AddParticipants,
  AppointAdmin,
  CreateGroup,
  CreateGroupByEmail,
  DeleteAccount,
  GetChat,
  GetGroupDetails,
  JoinChat,
  LeaveChat,
  ListDirectChats,
  ListParticipants,
  ListRooms,
  OpenDirectChat,
  OpenRoom,
  RemoveParticipant,
  RenameChat,
];

@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([ChatEntity, ParticipantEntity, InvitationEntity, ChatEventEntity])],
  providers: [
    ...useCases,
    HideChat,
    AcceptInvitations,
    InvitationSweeper,
    InvitationsRepository,
    ChatAccess,
    ChatViews,
    ChatsRepository,
    RoomsRepository,
    ChatLog,
    CommitDoubts,
    ChatLogRepository,
  ],
  exports: [...useCases, ChatAccess, ChatViews, ChatsRepository, ChatLog],
})
export class ChatsModule {}
