import type { Readable } from 'node:stream';
import type { Variant } from '../media';

/** Bytes of a file, both ends included, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A file that came in, and was not yet made visible or thrown away. */
export interface StagedMedia {
  readonly mediaId: number;
  readonly changedAt: Date;
}

/** What whoever follows a link is to be told of the file. */
export interface LinkedAnswer {
  readonly contentType: string;
  /** By RFC 6266. */
  readonly contentDisposition: string;
  /** True for a link that gives what is said of the file, without its bytes. */
  readonly isHead: boolean;
}

/**
 * Port: where the bytes of files stand. What makes a file visible is its row in the metadata store.
 *
 * The order of things: `prepare`, bytes are written into the folder that it gives, `stage`, then the transaction with the
 * row, then `publish`. Whoever finds something staged asks for its row: with one it is published, without one discarded.
 * So a crash at any point leaves at worst something staged, and never a row without its bytes.
 *
 * Every call ends in time; where the storage does not answer, it throws StoreUnavailable.
 */
export abstract class MediaStorage {
  /** An empty folder of this machine for the variants of a new file, each under its own name. */
  abstract prepare(mediaId: number): Promise<string>;

  /** Before the transaction: what was written survives a crash from here on. */
  abstract stage(mediaId: number): Promise<void>;

  /** After the transaction. Doing it twice does no harm. */
  abstract publish(mediaId: number): Promise<void>;

  /** Of something staged or half written nothing is left, or something staged for who comes later. */
  abstract discard(mediaId: number): Promise<void>;

  /** Everything that was published, in no order. */
  abstract list(): AsyncIterable<number>;

  abstract listStaged(): Promise<StagedMedia[]>;

  /** @throws MediaFileMissing */
  abstract open(mediaId: number, variant: Variant, range?: ByteRange): Promise<Readable>;

  /** An address by which clients get the variant from the storage itself for a minute; undefined if they can't reach it. */
  abstract findLink(mediaId: number, variant: Variant, answer: LinkedAnswer): Promise<string | undefined>;

  /** Bytes of a variant; undefined if it is not there. */
  abstract findSize(mediaId: number, variant: Variant): Promise<number | undefined>;

  /** Of a published file nothing is left; also if there was nothing. */
  abstract remove(mediaId: number): Promise<void>;
}
