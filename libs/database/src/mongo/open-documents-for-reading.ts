import type { ConfigValues } from '@app/platform';
import { DocumentStore } from './document-store';
import { mongoNotReachable } from './mongo-not-reachable';
import { mongoOptions } from './mongo-options';

/** Nobody waits for an answer here as a client does. */
const MIN_TIMEOUT_MS = 30_000;

/**
 * MongoDB for looking only, beside the servers that use it: makes no collection and no index. Close it at the end.
 * @throws StoreUnreachable
 */
export async function openDocumentsForReading(
  url: string,
  values: ConfigValues,
): Promise<{ readonly store: DocumentStore; close(): Promise<void> }> {
  const STORE_TIMEOUT_MS = Math.max(values.STORE_TIMEOUT_MS, MIN_TIMEOUT_MS);
  const {
    retryAttempts: _,
    connectionErrorFactory: __,
    ...options
  } = mongoOptions(url, { ...values, STORE_TIMEOUT_MS });
  const { default: mongoose } = await import('mongoose');
  try {
    // To find out that nobody is there takes no longer than for a server.
    const selection = { serverSelectionTimeoutMS: values.STORE_TIMEOUT_MS };
    const connection = await mongoose.createConnection(url, { ...options, ...selection }).asPromise();
    const store = new DocumentStore(mongoose, connection, STORE_TIMEOUT_MS);
    return { store, close: () => connection.close() };
  } catch (error) {
    throw mongoNotReachable(url, error as Error);
  }
}
