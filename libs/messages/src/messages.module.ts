import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChatsModule } from '@app/chats';
import { UsersModule } from '@app/users';
import { ChangeComposer } from './change-composer';
import { DeleteMessage } from './delete-message';
import { EditMessage } from './edit-message';
import { ListChanges } from './list-changes';
import { ListInbox } from './list-inbox';
import { ListMessages } from './list-messages';
import { ListRevisions } from './list-revisions';
import { MarkRead } from './mark-read';
import { MessageBodies } from './message-bodies';
import { MessageRevising } from './message-revising';
import { MessageViews } from './message-views';
import { MessagesRepository } from './messages.repository';
import { MessageBodyEntity } from './persistence/message-body.entity';
import { MessageRevisionEntity } from './persistence/message-revision.entity';
import { MessageEntity } from './persistence/message.entity';
import { SqlMessageBodies } from './persistence/sql-message-bodies';
import { SendMessage } from './send-message';

const useCases = [
  DeleteMessage,
  EditMessage,
  ListChanges,
  ListInbox,
  ListMessages,
  ListRevisions,
  MarkRead,
  SendMessage,
];

@Module({
  imports: [
    UsersModule,
    ChatsModule,
    TypeOrmModule.forFeature([MessageEntity, MessageBodyEntity, MessageRevisionEntity]),
  ],
  providers: [
    ...useCases,
    { provide: MessageBodies, useClass: SqlMessageBodies },
    ChangeComposer,
    MessageRevising,
    MessagesRepository,
    MessageViews,
  ],
  exports: useCases,
})
export class MessagesModule {}
