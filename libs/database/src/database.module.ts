import { Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '@app/platform';
import { DataSource, DataSourceOptions } from 'typeorm';
import { Database } from './database';
import { takeExclusiveUse } from './embedded/exclusive-use';
import { sqliteOptions } from './embedded/sqlite-options';
import { IdBlockEntity } from './id-block.entity';
import { Ids } from './ids';

const EXCLUSIVE_USE = Symbol('exclusive use of DATA_DIR');

/** Connections that only read, opened once the writer has brought the schema up to date. */
async function openDatabase(writer: DataSource): Promise<Database> {
  const readOnly = { ...writer.options, readonly: true, migrationsRun: false } as DataSourceOptions;
  const openReader = () => new DataSource(readOnly).initialize();
  return new Database(writer, await openReader(), await openReader());
}

@Module({
  providers: [
    {
      provide: EXCLUSIVE_USE,
      inject: [Config],
      useFactory: (config: Config) => takeExclusiveUse(config.values.DATA_DIR),
    },
  ],
  exports: [EXCLUSIVE_USE],
})
class EmbeddedStoreModule {}

/** Global: every feature reads and writes metadata through `Database`. Features add their entities with `TypeOrmModule.forFeature`. */
@Global()
@Module({
  imports: [
    EmbeddedStoreModule,
    TypeOrmModule.forRootAsync({
      imports: [EmbeddedStoreModule],
      inject: [Config, EXCLUSIVE_USE],
      useFactory: (config: Config) => ({
        ...sqliteOptions(config.values.DATA_DIR),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
    }),
    TypeOrmModule.forFeature([IdBlockEntity]),
  ],
  providers: [{ provide: Database, inject: [getDataSourceToken()], useFactory: openDatabase }, Ids],
  exports: [Database, Ids],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(EXCLUSIVE_USE) private readonly exclusiveUse: { release(): void },
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    this.exclusiveUse.release();
  }
}
