import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Media } from './media';
import { MediaAccess } from './media-access';

/** What is known of files that the actor may have. */
@Injectable()
export class GetMedia {
  constructor(private readonly access: MediaAccess) {}

  /**
   * In the order given.
   * @throws MediaNotFound if one of them is not for the actor
   */
  execute(actor: Actor, mediaIds: readonly number[]): Promise<Media[]> {
    return this.access.require(actor, mediaIds);
  }
}
