import type { Readable } from 'node:stream';
import { DataStore, Metadata, Upload } from '@tus/server';
import { AppendToUpload, GetUpload, GiveUpUpload, UPLOAD_LIFETIME_MS } from '@app/media';
import type { Actor } from '@app/platform';

export interface StoreUseCases {
  readonly append: AppendToUpload;
  readonly get: GetUpload;
  readonly giveUp: GiveUpUpload;
}

/** What the handlers of the protocol ask of a store, for one actor. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination', 'expiration'];

  constructor(
    private readonly actor: Actor,
    private readonly useCases: StoreUseCases,
  ) {
    super();
  }

  override async getUpload(id: string): Promise<Upload> {
    const { size, offset, note, expiresAt } = await this.useCases.get.execute(this.actor, id);
    const metadata = note === '' ? undefined : Metadata.parse(note);
    const creation_date = new Date(expiresAt.getTime() - UPLOAD_LIFETIME_MS).toISOString();
    return new Upload({ id, size, offset, metadata, creation_date });
  }

  override write(content: Readable, id: string, offset: number): Promise<number> {
    return this.useCases.append.execute(this.actor, id, offset, content);
  }

  override remove(id: string): Promise<void> {
    return this.useCases.giveUp.execute(this.actor, id);
  }

  override getExpiration(): number {
    return UPLOAD_LIFETIME_MS;
  }
}
