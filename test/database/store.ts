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

/** The embedded store as the server opens it, with a table for {@link AccountEntity}. Close it at the end. */
export async function openStore(dataDir = makeTempFolder()): Promise<INestApplicationContext> {
  const config = loadConfig({ DATA_DIR: dataDir });
  const imports = [PlatformModule.register(config), DatabaseModule, TypeOrmModule.forFeature([AccountEntity])];
  const app = await NestFactory.createApplicationContext(
    { module: StoreModule, imports },
    { logger: false, abortOnError: false },
  );
  await app.get<DataSource>(getDataSourceToken(), { strict: false }).synchronize();
  return app;
}
