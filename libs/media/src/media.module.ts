import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/platform';
import { UsersModule } from '@app/users';
import { GetMedia } from './get-media';
import { MediaAccess } from './media-access';
import { MediaAttachments } from './media-attachments';
import { MediaLinks } from './media-links';
import { MediaRemovals } from './media-removals';
import { MediaSweeper } from './media-sweeper';
import { OpenMedia } from './open-media';
import { MediaAttachmentEntity } from './persistence/media-attachment.entity';
import { MediaRemovalEntity } from './persistence/media-removal.entity';
import { MediaEntity } from './persistence/media.entity';
import { MediaRepository } from './persistence/media.repository';
import { Pictures } from './pictures/pictures';
import { MediaStorage } from './storage/media-storage';
import { openMediaStorage } from './storage/open-media-storage';
import { UploadMedia } from './upload-media';
import { UploadAllowance } from './uploads/upload-allowance';
import { UploadsUnderWay } from './uploads/uploads-under-way';

const useCases = [GetMedia, OpenMedia, UploadMedia];

@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([MediaEntity, MediaAttachmentEntity, MediaRemovalEntity])],
  providers: [
    ...useCases,
    MediaAccess,
    MediaAttachments,
    MediaLinks,
    MediaRemovals,
    MediaRepository,
    MediaSweeper,
    Pictures,
    UploadAllowance,
    UploadsUnderWay,
    {
      provide: MediaStorage,
      inject: [Config],
      useFactory: ({ values }: Config) => openMediaStorage(values),
    },
  ],
  exports: [...useCases, MediaAttachments, MediaLinks],
})
export class MediaModule {}
