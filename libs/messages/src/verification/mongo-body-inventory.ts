import type { DocumentStore } from '@app/database';
import type { Model } from 'mongoose';
import { BodyDocument, bodyModel } from '../persistence/mongo/body.document';
import { BodyInventory, ListedBody } from './body-inventory';

type Known = Pick<BodyDocument, '_id' | 'created_at'>;

/** Bodies in MongoDB. @throws StoreUnavailable, each of its methods */
export class MongoBodyInventory extends BodyInventory {
  private readonly model: Model<BodyDocument>;

  constructor(private readonly store: DocumentStore) {
    super();
    this.model = bodyModel(store.mongoose, store.connection);
  }

  async listAfter(id: number, limit: number): Promise<ListedBody[]> {
    const known = await this.find({ $gt: id }, limit);
    return known.map(({ _id, created_at }) => ({ id: _id, writtenAt: created_at }));
  }

  async findExisting(ids: readonly number[]): Promise<Set<number>> {
    if (ids.length === 0) return new Set();
    const known = await this.find({ $in: [...ids] }, ids.length);
    return new Set(known.map(({ _id }) => _id));
  }

  async findHighestId(): Promise<number> {
    const [last] = await this.store.run(() =>
      this.model.find().select('_id').sort({ _id: -1 }).limit(1).maxTimeMS(this.store.timeoutMs).lean<Known[]>(),
    );
    return last?._id ?? 0;
  }

  private find(ids: object, limit: number): Promise<Known[]> {
    return this.store.run(() =>
      this.model
        .find({ _id: this.store.mongoose.trusted(ids) as never })
        .select('created_at')
        .sort({ _id: 1 })
        .limit(limit)
        .maxTimeMS(this.store.timeoutMs)
        .lean<Known[]>(),
    );
  }
}
