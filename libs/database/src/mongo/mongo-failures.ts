import type { Mongoose } from 'mongoose';

/** The server took too long. What was asked for may still be done. */
export class NoAnswerInTime extends Error {
  constructor(timeoutMs: number) {
    super(`no answer in ${timeoutMs} ms`);
    this.name = 'NoAnswerInTime';
  }
}

/** Answers of a server that stops, is not the primary (any more), or could not reach a majority in time. */
const PASSING_CODES = new Set([50, 64, 91, 100, 189, 10107, 11600, 11602, 13435, 13436]);
const DUPLICATE_KEY = 11_000;

/** What errors of the driver mean. */
export class MongoFailures {
  constructor(private readonly mongoose: Mongoose) {}

  /** What is behind an error: a bulk write shows everything as an answer of the server, a broken connection too. */
  originOf(error: unknown): unknown {
    if (!(error instanceof this.mongoose.mongo.MongoBulkWriteError)) return error;
    const origin: unknown = error.errorResponse;
    return origin instanceof this.mongoose.mongo.MongoError ? origin : error;
  }

  /** The server can't be reached, or is silent: whatever is asked next would fare the same. */
  isLoss(error: unknown): boolean {
    if (error instanceof NoAnswerInTime) return true;
    const { MongoError, MongoServerError } = this.mongoose.mongo;
    if (error instanceof MongoServerError) return false;
    return error instanceof MongoError || this.isNotConnected(error);
  }

  /** The server answered that it can't right now. */
  isPassing(error: unknown): boolean {
    const { MongoServerError, MongoWriteConcernError } = this.mongoose.mongo;
    if (error instanceof MongoWriteConcernError) return true;
    if (!(error instanceof MongoServerError)) return false;
    return PASSING_CODES.has(Number(error.code)) || error.hasErrorLabel('RetryableWriteError');
  }

  /** A document of that id is there already. */
  isDuplicateKey(error: unknown): boolean {
    return error instanceof this.mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY;
  }

  /** Mongoose's own complaint; its other errors are about what was given to it. */
  private isNotConnected(error: unknown): boolean {
    const { Error: MongooseError } = this.mongoose;
    const aboutInput = [MongooseError.ValidationError, MongooseError.CastError, MongooseError.StrictModeError];
    return error instanceof MongooseError && !aboutInput.some((type) => error instanceof type);
  }
}
