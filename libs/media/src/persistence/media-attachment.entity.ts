import { integerColumn, integerKey } from '@app/database';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A message that brings a file. Who is in its chat may have the file. */
@Entity('media_attachments', { withoutRowid: true })
@Index('media_attachments_media', ['mediaId', 'chatId'])
export class MediaAttachmentEntity {
  @PrimaryColumn(integerKey({ name: 'message_id' }))
  messageId: number;

  /** Where it stands among the files of the message, from 0. */
  @PrimaryColumn(integerKey())
  position: number;

  @Column(integerColumn({ name: 'media_id' }))
  mediaId: number;

  @Column(integerColumn({ name: 'chat_id' }))
  chatId: number;
}
