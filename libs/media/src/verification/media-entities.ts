import { MediaAttachmentEntity } from '../persistence/media-attachment.entity';
import { MediaRemovalEntity } from '../persistence/media-removal.entity';
import { MediaUploadEntity } from '../persistence/media-upload.entity';
import { MediaEntity } from '../persistence/media.entity';

/** The tables of this library. */
export const MEDIA_ENTITIES = [MediaEntity, MediaAttachmentEntity, MediaRemovalEntity, MediaUploadEntity] as const;
