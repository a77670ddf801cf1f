import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@app/database';
import { MessagesModule } from '@app/messages';
import { loadConfig, PlatformModule } from '@app/platform';
import { DataSource } from 'typeorm';
import { describeWith } from '../support/servers';
import { makeTempFolder } from '../support/temp-folder';

/** What would have to be migrated still, after all migrations have run. */
async function findDifference(settings: Record<string, string>): Promise<string[]> {
  const config = loadConfig({ ...settings, DATA_DIR: makeTempFolder() });
  @Module({ imports: [PlatformModule.register(config), DatabaseModule, MessagesModule] })
  class Everything {}
  const app = await NestFactory.createApplicationContext(Everything, { logger: false });
  try {
    const { upQueries } = await app.get(DataSource).driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await app.close();
  }
}

describe('the migrations say all that the entities do', () => {
  it('on the embedded store', async () => expect(await findDifference({})).toEqual([]));

  describeWith(['mariadb'], 'on MariaDB', (stores) => {
    it('nothing is left to generate', async () => expect(await findDifference(stores.settings)).toEqual([]));
  });
});
