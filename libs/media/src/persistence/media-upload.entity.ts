import { integerColumn, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { FILENAME_MAX_CHARACTERS } from '../media';
import { UPLOAD_NOTE_MAX_CHARACTERS } from '../resumable/resumable-upload';

/** An upload that comes in parts, and for a while what became of it. */
@Entity('media_uploads')
@Index('media_uploads_uploader', ['uploaderId', 'expiresAt'])
@Index('media_uploads_expiry', ['expiresAt'])
export class MediaUploadEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  id: string;

  @Column(integerColumn({ name: 'uploader_id' }))
  uploaderId: number;

  /** Bytes, as announced. */
  @Column(integerColumn())
  size: number;

  @Column({ type: 'varchar', length: FILENAME_MAX_CHARACTERS })
  filename: string;

  @Column({ type: 'varchar', length: UPLOAD_NOTE_MAX_CHARACTERS })
  note: string;

  @Column(timeColumn({ name: 'expires_at' }))
  expiresAt: Date;

  /** Set in the transaction that stores the file; so an upload becomes one file, whatever is tried twice. */
  @Column(integerColumn({ name: 'media_id', nullable: true }))
  mediaId: number | null;

  /** Who may write to it now. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  holder: string | null;

  /** Until when, unless it says again that it is there. */
  @Column(timeColumn({ name: 'held_until', nullable: true }))
  heldUntil: Date | null;

  /** Somebody waits for the holder. */
  @Column({ type: 'boolean', name: 'is_wanted' })
  isWanted: boolean;
}
