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

/**
 * Port: where the bytes of files stand. What makes a file visible is its row in the metadata store.
 *
 * The order of things: `prepare`, bytes are written into the folder that it gives, `stage`, then the transaction with the
 * row, then `publish`. Whoever finds something staged asks for its row: with one it is published, without one discarded.
 * So a crash at any point leaves at worst something staged, and never a row without its bytes.
 */
export abstract class MediaStorage {
  /** An empty folder of this machine for the variants of a new file, each under its own name. */
  abstract prepare(mediaId: number): Promise<string>;

  /** Before the transaction: what was written survives a crash from here on. */
  abstract stage(mediaId: number): Promise<void>;

  /** After the transaction. Doing it twice does no harm. */
  abstract publish(mediaId: number): Promise<void>;

  /** Of something staged or half written nothing is left. */
  abstract discard(mediaId: number): Promise<void>;

  /** Everything that was published, in no order. */
  abstract list(): AsyncIterable<number>;

  abstract listStaged(): Promise<StagedMedia[]>;

  /** @throws MediaFileMissing */
  abstract open(mediaId: number, variant: Variant, range?: ByteRange): Promise<Readable>;

  /** Bytes of a variant. @throws MediaFileMissing */
  abstract measure(mediaId: number, variant: Variant): Promise<number>;

  /** Of a published file nothing is left; also if there was nothing. */
  abstract remove(mediaId: number): Promise<void>;
}
