import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@app/database';
import { MessagesModule } from '@app/messages';
import { loadConfig, PlatformModule } from '@app/platform';
import { DataSource } from 'typeorm';

describe('the migrations', () => {
  it('say all that the entities do: nothing is left to generate', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'chat-migrations-'));
    @Module({ imports: [PlatformModule.register(loadConfig({ DATA_DIR: dataDir })), DatabaseModule, MessagesModule] })
    class Everything {}
    const app = await NestFactory.createApplicationContext(Everything, { logger: false });
    try {
      const { upQueries } = await app.get(DataSource).driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
