import type { Provider } from '@nestjs/common';
import { Database, DocumentStore } from '@app/database';
import { Clock, Config, EventBus, StoreProbes } from '@app/platform';
import { MessageBodies } from '../message-bodies';
import { BodyCache } from './mongo/body-cache';
import { BodyCollection } from './mongo/body-collection';
import { BodyReferences } from './mongo/body-references';
import { BodyRemovals } from './mongo/body-removals';
import { BodySweeper } from './mongo/body-sweeper';
import { MongoMessageBodies } from './mongo/mongo-message-bodies';
import { SweepLease } from './mongo/sweep-lease';
import { SqlMessageBodies } from './sql-message-bodies';

/** The parts that only MongoDB needs are null without it. */
type IfMongo<Part> = Part | null;

/** Texts stand in MongoDB if there is one, else beside the metadata: this is where it is decided. */
export const bodyProviders: Provider[] = [
  {
    provide: BodyCollection,
    inject: [Config, Clock, { token: DocumentStore, optional: true }],
    useFactory: (config: Config, clock: Clock, store?: DocumentStore): IfMongo<BodyCollection> => {
      if (store) return new BodyCollection(store, clock);
      if (config.values.MONGODB_URL === undefined) return null;
      throw new Error('MONGODB_URL is given, but MongoModule is not imported');
    },
  },
  {
    provide: BodyRemovals,
    inject: [Database, BodyCollection],
    useFactory: (database: Database, bodies: IfMongo<BodyCollection>): IfMongo<BodyRemovals> =>
      bodies && new BodyRemovals(database, bodies),
  },
  {
    provide: BodySweeper,
    inject: [Database, Clock, BodyCollection],
    useFactory: (database: Database, clock: Clock, bodies: IfMongo<BodyCollection>): IfMongo<BodySweeper> =>
      bodies && new BodySweeper(bodies, new BodyReferences(database), new SweepLease(database, clock), clock),
  },
  {
    provide: MessageBodies,
    inject: [Config, Database, EventBus, StoreProbes, BodyCollection, BodyRemovals],
    useFactory: (
      config: Config,
      database: Database,
      events: EventBus,
      probes: StoreProbes,
      bodies: IfMongo<BodyCollection>,
      removals: IfMongo<BodyRemovals>,
    ): MessageBodies => {
      if (!bodies || !removals) return new SqlMessageBodies(database, probes);
      const cache = new BodyCache(config.values.BODY_CACHE_BYTES, events);
      return new MongoMessageBodies(database, events, bodies, removals, cache);
    },
  },
];
