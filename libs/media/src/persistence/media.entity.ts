import { integerColumn, integerKey, timeColumn } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A file that was uploaded. Its bytes stand in the storage, under its id. */
@Entity('media', { withoutRowid: true })
@Index('media_uploader', ['uploaderId', 'size'])
@Index('media_attached', ['attachedAt', 'createdAt'])
export class MediaEntity {
  @PrimaryColumn(integerKey())
  id: number;

  @Column(integerColumn({ name: 'uploader_id' }))
  uploaderId: number;

  @Column({ type: 'varchar', length: 200 })
  filename: string;

  @Column({ type: 'varchar', length: 100, name: 'content_type' })
  contentType: string;

  /** Bytes. */
  @Column(integerColumn())
  size: number;

  @Column({ type: 'varchar', length: 64 })
  sha256: string;

  @Column(integerColumn({ nullable: true }))
  width: number | null;

  @Column(integerColumn({ nullable: true }))
  height: number | null;

  @Column(integerColumn({ name: 'duration_ms', nullable: true }))
  durationMs: number | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  placeholder: string | null;

  @Column(timeColumn({ name: 'created_at' }))
  createdAt: Date;

  /** When the first message took it; null: none has yet. It goes with the last one. */
  @Column(timeColumn({ name: 'attached_at', nullable: true }))
  attachedAt: Date | null;
}
