import { MediaAttachmentEntity } from '../persistence/media-attachment.entity';
import { MediaRemovalEntity } from '../persistence/media-removal.entity';
import { MediaEntity } from '../persistence/media.entity';

/** The tables of this library. */
export const MEDIA_ENTITIES = [MediaEntity, MediaAttachmentEntity, MediaRemovalEntity] as const;
