import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Media } from './media';
import { MediaNotFound } from './media.errors';
import { mediaOf } from './persistence/media.mapping';
import { MediaRepository } from './persistence/media.repository';

/** Who may have a file: whoever uploaded it, and members of chats that it was sent to, as long as they are members. */
@Injectable()
export class MediaAccess {
  constructor(private readonly media: MediaRepository) {}

  /**
   * In the order given.
   * @throws MediaNotFound if one of them is not for the actor
   */
  async require(actor: Actor, mediaIds: readonly number[]): Promise<Media[]> {
    const found = await this.media.findByIds(mediaIds);
    const foreign = [...found.values()].filter(({ uploaderId }) => uploaderId !== actor.userId);
    const sentToActor = await this.media.findSentTo(
      actor.userId,
      foreign.map(({ id }) => id),
    );
    return mediaIds.map((mediaId) => {
      const media = found.get(mediaId);
      if (media && (media.uploaderId === actor.userId || sentToActor.has(mediaId))) return mediaOf(media);
      throw new MediaNotFound();
    });
  }
}
