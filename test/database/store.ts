import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { DatabaseModule } from '@app/database';
import { loadConfig, PlatformModule } from '@app/platform';
import { makeTempFolder } from '../support/temp-folder';

/** Something to write: an account with an amount. */
@Entity('test_accounts')
export class AccountEntity {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name: string;

  @Column({ type: 'integer' })
  amount: number;
}

@Module({})
class StoreModule {}

/**
 * The store as the server opens it, with a table for {@link AccountEntity}. Close it at the end.
 * @param settings which one; without any the embedded store in a folder of its own
 * @param options.withAccounts false for the tables of the product only
 * @param options.entities further tables, which are made as well
 */
export async function openStore(
  settings: Record<string, string> = {},
  { withAccounts = true, entities = [] as (new () => object)[] } = {},
): Promise<INestApplicationContext> {
  const config = loadConfig({ DATA_DIR: makeTempFolder(), ...settings });
  const imports = [
    PlatformModule.register(config),
    DatabaseModule,
    TypeOrmModule.forFeature([AccountEntity, ...entities]),
  ];
  const app = await NestFactory.createApplicationContext(
    { module: StoreModule, imports },
    { logger: false, abortOnError: false },
  );
  if (withAccounts) await app.get<DataSource>(getDataSourceToken(), { strict: false }).synchronize();
  return app;
}
