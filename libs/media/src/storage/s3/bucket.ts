import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StoreUnavailable } from '@app/platform';
import type { ByteRange, LinkedAnswer } from '../media-storage';
import { endWhenSilent, IncomingBody } from './end-when-silent';
import type { S3Clients } from './s3-clients';
import type { Sdk } from './s3-sdk';

const NAME = 'The store of files';
/** The smallest that the protocol allows; one at a time, since each is held in memory. */
const PART_BYTES = 5 * 1024 * 1024;
const LINK_SECONDS = 60;

export interface Listed {
  readonly key: string;
  readonly changedAt: Date;
}

/**
 * A bucket of an S3-compatible store. Calls begin to answer within `S3_TIMEOUT_MS` for each of two attempts, and throw StoreUnavailable
 * when the store does not answer, or refuses.
 */
export class Bucket {
  constructor(
    private readonly sdk: Sdk,
    private readonly clients: S3Clients,
    private readonly name: string,
    /** How long a body that is being read may pause. */
    private readonly maxSilenceMs: number,
  ) {}

  /** Asks for a sign of life. Rejects with what the store says. */
  async ask(): Promise<void> {
    await this.clients.calls.headBucket({ Bucket: this.name });
  }

  async put(key: string, content: string): Promise<void> {
    await run(() => this.clients.calls.putObject({ ...this.at(key), Body: content }));
  }

  /** In parts if it is large; of an upload that fails none is left, unless the store was lost. */
  async putFile(key: string, path: string, limitMs: number): Promise<void> {
    const abortController = new AbortController();
    const timer = setTimeout(() => abortController.abort(), limitMs);
    const params = { ...this.at(key), Body: createReadStream(path) };
    const options = { client: this.clients.uploads, params, partSize: PART_BYTES, queueSize: 1, abortController };
    try {
      await run(() => new this.sdk.Upload(options).done());
    } finally {
      clearTimeout(timer);
    }
  }

  /** Everything under the prefix, a page at a time. */
  async *list(prefix: string): AsyncGenerator<Listed[]> {
    for await (const { Contents = [] } of this.pages({ Prefix: prefix })) {
      yield Contents.map(({ Key = '', LastModified = new Date(0) }) => ({ key: Key, changedAt: LastModified }));
    }
  }

  /** The names that come right after the prefix, up to the next `/`, a page at a time. */
  async *listFolders(prefix: string): AsyncGenerator<string[]> {
    for await (const { CommonPrefixes = [] } of this.pages({ Prefix: prefix, Delimiter: '/' })) {
      yield CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(prefix.length, -1));
    }
  }

  async remove(key: string): Promise<void> {
    await run(() => this.clients.calls.deleteObject(this.at(key)));
  }

  /** Everything under the prefix, what was uploaded in part included. */
  async removeAll(prefix: string): Promise<void> {
    await this.abortUploads(prefix);
    for await (const page of this.list(prefix)) {
      for (const { key } of page) await this.remove(key);
    }
  }

  /** Bytes of an object; undefined if there is none. */
  findSize(key: string): Promise<number | undefined> {
    return run(async () => (await this.clients.calls.headObject(this.at(key))).ContentLength, undefined);
  }

  /** Whoever reads it has to destroy it; that ends the transfer. Undefined if there is none. */
  find(key: string, range?: ByteRange): Promise<Readable | undefined> {
    return run(async () => {
      const part = range && { Range: `bytes=${range.start}-${range.end}` };
      const { Body } = await this.clients.calls.getObject({ ...this.at(key), ...part });
      const body = Body as unknown as IncomingBody;
      endWhenSilent(body, this.maxSilenceMs);
      return body;
    }, undefined);
  }

  /** An address that gives the object for a minute to whoever has it; undefined where clients can't reach the store. */
  async findLink(key: string, { contentType, contentDisposition, isHead }: LinkedAnswer): Promise<string | undefined> {
    const { links } = this.clients;
    if (!links) return undefined;
    const given = {
      ...this.at(key),
      ResponseContentType: contentType,
      ResponseContentDisposition: contentDisposition,
      ResponseCacheControl: 'private, no-cache',
    };
    const command = isHead ? new this.sdk.HeadObjectCommand(given) : new this.sdk.GetObjectCommand(given);
    return this.sdk.getSignedUrl(links, command, { expiresIn: LINK_SECONDS });
  }

  private async abortUploads(prefix: string): Promise<void> {
    const { Uploads = [] } = await run(() =>
      this.clients.calls.listMultipartUploads({ Bucket: this.name, Prefix: prefix }),
    );
    for (const { Key, UploadId } of Uploads) {
      await run(() => this.clients.calls.abortMultipartUpload({ Bucket: this.name, Key, UploadId }), undefined);
    }
  }

  private async *pages(what: { readonly Prefix: string; readonly Delimiter?: string }) {
    let from: string | undefined;
    do {
      const page = await run(() =>
        this.clients.calls.listObjectsV2({ Bucket: this.name, ...what, ContinuationToken: from }),
      );
      yield page;
      from = page.NextContinuationToken;
    } while (from !== undefined);
  }

  private at(key: string) {
    return { Bucket: this.name, Key: key };
  }
}

async function run<Result>(work: () => Promise<Result>, ...ifMissing: [] | [Result]): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    if (ifMissing.length === 1 && $metadata?.httpStatusCode === 404) return ifMissing[0];
    throw new StoreUnavailable(NAME, error);
  }
}
