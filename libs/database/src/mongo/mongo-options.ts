import type { MongooseModuleFactoryOptions } from '@nestjs/mongoose';
import type { ConfigValues } from '@app/platform';
import { mongoNotReachable } from './mongo-not-reachable';

/** How soon a server that was lost is looked for again. */
const HEARTBEAT_MS = 2000;

/**
 * MongoDB as the store of texts: what is acknowledged is on the disks of a majority, and nothing waits for long.
 * No command is kept for later while there is no connection: its caller is told at once.
 */
export function mongoOptions(url: string, values: ConfigValues): MongooseModuleFactoryOptions {
  const timeoutMs = values.STORE_TIMEOUT_MS;
  return {
    dbName: values.MONGODB_DATABASE,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    maxPoolSize: values.MONGODB_POOL_SIZE,
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    waitQueueTimeoutMS: timeoutMs,
    heartbeatFrequencyMS: HEARTBEAT_MS,
    bufferCommands: false,
    autoCreate: false,
    autoIndex: false,
    sanitizeFilter: true,
    retryAttempts: 0,
    connectionErrorFactory: (error) => mongoNotReachable(url, error),
  };
}
