import type { Database, DocumentStore } from '@app/database';
import type { StoreCheck } from '@app/platform';
import { MessagesRepository } from '../messages.repository';
import { BodyRemovalEntity } from '../persistence/body-removal.entity';
import { MessageBodyEntity } from '../persistence/message-body.entity';
import { MessageRevisionEntity } from '../persistence/message-revision.entity';
import { MessageEntity } from '../persistence/message.entity';
import { BodyCensus } from './body-census';
import { BodyCheck } from './body-check';
import { IdCheck } from './id-check';
import { IdSet } from './id-set';
import { LogCheck } from './log-check';
import { MongoBodyInventory } from './mongo-body-inventory';
import { PointerCheck } from './pointer-check';
import { RevisionCheck } from './revision-check';
import { SqlBodyInventory } from './sql-body-inventory';
import { UnreadCheck } from './unread-check';

/** The tables of this library. */
export const MESSAGE_ENTITIES = [MessageEntity, MessageRevisionEntity, MessageBodyEntity, BodyRemovalEntity] as const;

/**
 * What can be checked of stored messages; to be run in this order, which `BodyCheck` explains.
 * @param documents where bodies stand, if not beside the metadata
 */
export function messageChecks(database: Database, documents?: DocumentStore): StoreCheck[] {
  const inventory = documents ? new MongoBodyInventory(documents) : new SqlBodyInventory(database);
  const unreferenced = new IdSet();
  return [
    new LogCheck(database),
    new BodyCensus(inventory, unreferenced),
    new PointerCheck(database, inventory, unreferenced),
    new RevisionCheck(database, inventory, unreferenced),
    new BodyCheck(database, inventory, unreferenced),
    new UnreadCheck(database, new MessagesRepository(database)),
    new IdCheck(database, inventory),
  ];
}
