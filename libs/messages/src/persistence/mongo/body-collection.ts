import { OnModuleInit } from '@nestjs/common';
import { DocumentStore } from '@app/database';
import { Clock } from '@app/platform';
import type { Model } from 'mongoose';
import { bodyFrom, NewBody } from '../../message-bodies';
import { BodyDocument, bodyModel, isSameBody } from './body.document';

/** A place in the order in which bodies were made. */
export interface BodyPosition {
  readonly at: Date;
  readonly bodyId: number;
}

/** What the sweeper knows of a body. */
export type BodyTrace = Pick<BodyDocument, '_id' | 'message_id' | 'created_at'>;

/**
 * The bodies in MongoDB. Everything that it is asked with are numbers and dates of ours.
 * @throws StoreUnavailable, each of its methods
 */
export class BodyCollection implements OnModuleInit {
  private readonly model: Model<BodyDocument>;

  constructor(
    private readonly store: DocumentStore,
    private readonly clock: Clock,
  ) {
    this.model = bodyModel(store.mongoose, store.connection);
  }

  async onModuleInit(): Promise<void> {
    await this.model.createIndexes();
  }

  /** On the disks of a majority when it resolves. Those that are there already, the same in all, are no error. */
  async insert(bodies: readonly NewBody[]): Promise<void> {
    if (bodies.length === 0) return;
    const created_at = this.clock.now();
    const documents = bodies.map(({ id: _id, messageId: message_id, content, extras }): BodyDocument => {
      if (typeof content !== 'string') throw new TypeError(`the content of body ${_id} is not a string`);
      return { _id, message_id, ...bodyFrom(content, extras), created_at };
    });
    try {
      await this.store.run(() => this.model.insertMany(documents, { ordered: false, throwOnValidationError: true }));
    } catch (error) {
      if (!this.store.isDuplicateKey(error)) throw error;
      await this.requireAllThere(bodies);
    }
  }

  async find(bodyIds: readonly number[]): Promise<BodyDocument[]> {
    if (bodyIds.length === 0) return [];
    return this.store.run(() =>
      this.model
        .find({ _id: this.trusted({ $in: [...bodyIds] }) })
        .maxTimeMS(this.store.timeoutMs)
        .lean<BodyDocument[]>(),
    );
  }

  /** Resolves when they are gone for good. */
  async delete(bodyIds: readonly number[]): Promise<void> {
    if (bodyIds.length === 0) return;
    await this.store.run(() => this.model.deleteMany({ _id: this.trusted({ $in: [...bodyIds] }) }));
  }

  /** Bodies after a place, made before a moment, in that order. */
  listAfter({ at, bodyId }: BodyPosition, before: Date, limit: number): Promise<BodyTrace[]> {
    return this.store.run(() =>
      this.model
        .find({
          created_at: this.trusted({ $gte: at, $lt: before }),
          $or: [{ created_at: this.trusted({ $gt: at }) }, { _id: this.trusted({ $gt: bodyId }) }],
        })
        .select('message_id created_at')
        .sort({ created_at: 1, _id: 1 })
        .limit(limit)
        .maxTimeMS(this.store.timeoutMs)
        .lean<BodyTrace[]>(),
    );
  }

  /** Operators that the code itself wrote; any other is taken for a value. */
  private trusted<Operators extends object>(operators: Operators): Operators {
    return this.store.mongoose.trusted(operators);
  }

  private async requireAllThere(bodies: readonly NewBody[]): Promise<void> {
    const found = await this.find(bodies.map(({ id }) => id));
    const documents = new Map(found.map((document) => [document._id, document]));
    const other = bodies.find((body) => !isSameBody(body, documents.get(body.id)));
    if (other) throw new Error(`body ${other.id} is taken in MongoDB: its ids are ahead of those of the metadata`);
  }
}
