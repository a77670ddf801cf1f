import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChatsModule } from '@app/chats';
import { MediaModule } from '@app/media';
import { UsersModule } from '@app/users';
import { ChangeComposer } from './change-composer';
import { ChangesOfChat } from './changes-of-chat';
import { DeleteMessage } from './delete-message';
import { EditMessage } from './edit-message';
import { ListChanges } from './list-changes';
import { ListInbox } from './list-inbox';
import { ListLatestMessages } from './list-latest-messages';
import { ListMessages } from './list-messages';
import { ListRevisions } from './list-revisions';
import { LostBodies } from './lost-bodies';
import { MarkRead } from './mark-read';
import { MessageRevising } from './message-revising';
import { MessageViews } from './message-views';
import { MessagesRepository } from './messages.repository';
import { bodyProviders } from './persistence/body-providers';
import { BodyRemovalEntity } from './persistence/body-removal.entity';
import { BodySweepEntity } from './persistence/body-sweep.entity';
import { MessageBodyEntity } from './persistence/message-body.entity';
import { MessageRevisionEntity } from './persistence/message-revision.entity';
import { MessageEntity } from './persistence/message.entity';
import { SendMessage } from './send-message';

const useCases = [
  DeleteMessage,
  EditMessage,
  ListChanges,
  ListInbox,
  ListLatestMessages,
  ListMessages,
  ListRevisions,
  MarkRead,
  SendMessage,
];

@Module({
  imports: [
    UsersModule,
    ChatsModule,
    MediaModule,
    TypeOrmModule.forFeature([
      MessageEntity,
      MessageBodyEntity,
      MessageRevisionEntity,
      BodyRemovalEntity,
      BodySweepEntity,
    ]),
  ],
  providers: [
    ...useCases,
    ...bodyProviders,
    ChangeComposer,
    ChangesOfChat,
    LostBodies,
    MessageRevising,
    MessagesRepository,
    MessageViews,
  ],
  exports: [...useCases, ChangesOfChat],
})
export class MessagesModule {}
