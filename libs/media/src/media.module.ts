import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config, StoreProbes } from '@app/platform';
import { UsersModule } from '@app/users';
import { GetMedia } from './get-media';
import { MediaAccess } from './media-access';
import { MediaAttachments } from './media-attachments';
import { MediaLinks } from './media-links';
import { MediaRemovals } from './media-removals';
import { MediaSweeper } from './media-sweeper';
import { OpenMedia } from './open-media';
import { MediaRepository } from './persistence/media.repository';
import { MediaUploadsRepository } from './persistence/media-uploads.repository';
import { Pictures } from './pictures/pictures';
import { AppendToUpload } from './resumable/append-to-upload';
import { BeginUpload } from './resumable/begin-upload';
import { FinishUpload } from './resumable/finish-upload';
import { GetUpload } from './resumable/get-upload';
import { GiveUpUpload } from './resumable/give-up-upload';
import { UploadLocks } from './resumable/upload-locks';
import { UploadSweep } from './resumable/upload-sweep';
import { MediaStorage } from './storage/media-storage';
import { openMediaStorage } from './storage/open-media-storage';
import { PartialFiles } from './storage/partial-files';
import { UploadMedia } from './upload-media';
import { UploadAllowance } from './uploads/upload-allowance';
import { UploadsUnderWay } from './uploads/uploads-under-way';
import { MEDIA_ENTITIES } from './verification/media-entities';

const useCases = [GetMedia, OpenMedia, UploadMedia];
const resumable = [AppendToUpload, BeginUpload, FinishUpload, GetUpload, GiveUpUpload, UploadLocks];

@Module({
  imports: [UsersModule, TypeOrmModule.forFeature([...MEDIA_ENTITIES])],
  providers: [
    ...useCases,
    ...resumable,
    MediaAccess,
    MediaAttachments,
    MediaLinks,
    MediaRemovals,
    MediaRepository,
    MediaSweeper,
    MediaUploadsRepository,
    Pictures,
    UploadAllowance,
    UploadSweep,
    UploadsUnderWay,
    {
      provide: PartialFiles,
      inject: [Config],
      useFactory: ({ values }: Config) => new PartialFiles(values),
    },
    {
      provide: MediaStorage,
      inject: [Config, StoreProbes],
      useFactory: ({ values }: Config, probes: StoreProbes) => openMediaStorage(values, probes),
    },
  ],
  exports: [...useCases, ...resumable, MediaAttachments, MediaLinks],
})
export class MediaModule {}
