import { DynamicModule, Global, Module } from '@nestjs/common';
import { Config, StoreProbes } from '@app/platform';
import type { Connection } from 'mongoose';
import { DocumentStore } from './document-store';
import { mongoOptions } from './mongo-options';

/** Global: the connection to MongoDB, if one is configured; {@link DocumentStore} is there only then. */
@Global()
@Module({})
export class MongoModule {
  /** @throws StoreUnreachable at start */
  static async register({ values }: Config): Promise<DynamicModule> {
    const url = values.MONGODB_URL;
    if (url === undefined) return { module: MongoModule };
    // Only now: it takes 30 MB, and who has no MongoDB need not give them.
    const [{ default: mongoose }, { getConnectionToken, MongooseModule }] = await Promise.all([
      import('mongoose'),
      import('@nestjs/mongoose'),
    ]);
    return {
      module: MongoModule,
      imports: [MongooseModule.forRoot(url, mongoOptions(url, values))],
      providers: [
        {
          provide: DocumentStore,
          inject: [getConnectionToken(), StoreProbes],
          useFactory: (connection: Connection, probes: StoreProbes) => {
            const store = new DocumentStore(mongoose, connection, values.STORE_TIMEOUT_MS);
            probes.add({ name: 'bodies', kind: 'MongoDB', isVital: true, ask: () => store.ping() });
            return store;
          },
        },
      ],
      exports: [DocumentStore],
    };
  }
}
