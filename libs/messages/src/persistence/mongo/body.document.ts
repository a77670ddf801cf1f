import type { Connection, Model, Mongoose } from 'mongoose';
import type { NewBody } from '../../message-bodies';

/** A body as MongoDB keeps it: written once, read by `_id`, removed. */
export interface BodyDocument {
  /** The id of the body, from the application. */
  readonly _id: number;
  readonly message_id: number;
  readonly content: string;
  /** See `StoredBody`. */
  readonly extras?: string;
  /** When it was staged, by the clock of the node. */
  readonly created_at: Date;
}

/** What makes two bodies of one id the same. */
export function isSameBody(body: NewBody, document: BodyDocument | undefined): boolean {
  if (document?.message_id !== body.messageId) return false;
  return document.content === body.content && document.extras === body.extras;
}

export function bodyModel({ Schema }: Mongoose, connection: Connection): Model<BodyDocument> {
  const schema = new Schema<BodyDocument>(
    {
      _id: { type: Number, required: true },
      message_id: { type: Number, required: true },
      // Not "required": to mongoose, an empty text is none.
      content: { type: String },
      extras: { type: String },
      created_at: { type: Date, required: true },
    },
    { collection: 'message_bodies', versionKey: false, strict: 'throw', strictQuery: 'throw' },
  );
  // In this order the sweeper comes by.
  schema.index({ created_at: 1, _id: 1 });
  return connection.model<BodyDocument>('MessageBody', schema);
}
