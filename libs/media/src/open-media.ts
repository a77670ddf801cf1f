import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Media, ThumbnailSize } from './media';
import { MediaAccess } from './media-access';
import { ThumbnailNotFound } from './media.errors';
import { ByteRange, MediaStorage } from './storage/media-storage';

/** A file, or a smaller copy of a picture, ready to be read. */
export interface OpenableMedia {
  readonly media: Media;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  /** Names these bytes: others have another one. */
  readonly tag: string;
  /** @throws MediaFileMissing */
  read(range?: ByteRange): Promise<Readable>;
}

/** Lets the actor read a file. Nothing is opened until it is asked for: a client that has it already asks for nothing. */
@Injectable()
export class OpenMedia {
  constructor(
    private readonly access: MediaAccess,
    private readonly storage: MediaStorage,
  ) {}

  /** @throws MediaNotFound, ThumbnailNotFound, MediaFileMissing */
  async execute(actor: Actor, mediaId: number, thumbnail?: ThumbnailSize): Promise<OpenableMedia> {
    const [media] = (await this.access.require(actor, [mediaId])) as [Media];
    const variant = thumbnail ?? 'original';
    if (thumbnail && media.placeholder === null) throw new ThumbnailNotFound();
    return {
      media,
      contentType: thumbnail ? 'image/webp' : media.contentType,
      size: thumbnail ? await this.storage.measure(mediaId, variant) : media.size,
      tag: thumbnail ? `${media.sha256}-${thumbnail}` : media.sha256,
      read: (range) => this.storage.open(mediaId, variant, range),
    };
  }
}
