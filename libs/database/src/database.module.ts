import { Global, Inject, Module, OnApplicationShutdown } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Config, StoreProbes } from '@app/platform';
import { DataSource, DataSourceOptions } from 'typeorm';
import { Database } from './database';
import { openEmbeddedDatabase } from './embedded/embedded-database';
import { takeExclusiveUse } from './embedded/exclusive-use';
import { sqliteOptions } from './embedded/sqlite-options';
import { IdBlockEntity } from './id-block.entity';
import { Ids } from './ids';
import { runMigrations } from './mysql/run-migrations';
import { MysqlDatabase } from './mysql/mysql-database';
import { mysqlOptions } from './mysql/mysql-options';

const EXCLUSIVE_USE = Symbol('exclusive use of DATA_DIR');

/** Where metadata stands, by configuration alone: in MySQL or MariaDB if one is named, else in DATA_DIR. */
function optionsOf({ values }: Config): Promise<DataSourceOptions> | DataSourceOptions {
  return values.MYSQL_HOST === undefined ? sqliteOptions(values.DATA_DIR) : mysqlOptions(values);
}

async function openSource(options: DataSourceOptions): Promise<DataSource> {
  if (options.type === 'mysql' || options.type === 'mariadb') await runMigrations(options);
  return new DataSource(options).initialize();
}

async function openDatabase(source: DataSource, config: Config, probes: StoreProbes): Promise<Database> {
  const isEmbedded = config.values.MYSQL_HOST === undefined;
  const database = isEmbedded ? await openEmbeddedDatabase(source) : new MysqlDatabase(source);
  const kind = { mysql: 'MySQL', mariadb: 'MariaDB' }[source.options.type as string] ?? 'SQLite';
  probes.add({ name: 'metadata', kind, isVital: true, ask: () => database.ping() });
  return database;
}

@Module({
  providers: [
    {
      provide: EXCLUSIVE_USE,
      inject: [Config],
      useFactory: ({ values }: Config) =>
        values.MYSQL_HOST === undefined ? takeExclusiveUse(values.DATA_DIR) : { release: () => undefined },
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
      useFactory: async (config: Config) => ({
        ...(await optionsOf(config)),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
      dataSourceFactory: (options) => openSource(options as DataSourceOptions),
    }),
    TypeOrmModule.forFeature([IdBlockEntity]),
  ],
  providers: [
    { provide: Database, inject: [getDataSourceToken(), Config, StoreProbes], useFactory: openDatabase },
    Ids,
  ],
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
