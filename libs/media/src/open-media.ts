import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@app/platform';
import type { Media, ThumbnailSize } from './media';
import { MediaAccess } from './media-access';
import { MediaFileMissing, ThumbnailNotFound } from './media.errors';
import { ByteRange, LinkedAnswer, MediaStorage } from './storage/media-storage';

/** A file, or a smaller copy of a picture, ready to be read. */
export interface OpenableMedia {
  readonly media: Media;
  readonly contentType: string;
  /** Names these bytes: others have another one. */
  readonly tag: string;
  /** Bytes. @throws MediaFileMissing */
  measure(): Promise<number>;
  /** An address by which the storage itself gives it for a minute; undefined: it has to be read here. */
  findLink(answer: LinkedAnswer): Promise<string | undefined>;
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

  /** @throws MediaNotFound, ThumbnailNotFound */
  async execute(actor: Actor, mediaId: number, thumbnail?: ThumbnailSize): Promise<OpenableMedia> {
    const [media] = (await this.access.require(actor, [mediaId])) as [Media];
    const variant = thumbnail ?? 'original';
    if (thumbnail && media.placeholder === null) throw new ThumbnailNotFound();
    return {
      media,
      contentType: thumbnail ? 'image/webp' : media.contentType,
      tag: thumbnail ? `${media.sha256}-${thumbnail}` : media.sha256,
      measure: async () => (thumbnail ? this.measure(mediaId, thumbnail) : media.size),
      findLink: (answer) => this.storage.findLink(mediaId, variant, answer),
      read: (range) => this.storage.open(mediaId, variant, range),
    };
  }

  private async measure(mediaId: number, thumbnail: ThumbnailSize): Promise<number> {
    const bytes = await this.storage.findSize(mediaId, thumbnail).catch((error: unknown) => {
      throw new MediaFileMissing(mediaId, error);
    });
    if (bytes === undefined) throw new MediaFileMissing(mediaId);
    return bytes;
  }
}
