import { Readable } from 'node:stream';
import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Database, DatabaseModule } from '@app/database';
import { Media, MEDIA_ENTITIES, MediaAttachments, MediaModule, NewFile, UploadMedia } from '@app/media';
import { Actor, Clock, loadConfig, PlatformModule } from '@app/platform';
import { makeTempFolder } from '../support/temp-folder';

class FilesModule {}

/** Somebody whose account nobody looks for here. */
export const ADA: Actor = { userId: 1, sessionId: 'a' };

/** The library of files on an embedded store of its own, with a clock that can be set. */
export class Files {
  /** How much later it is than it is. */
  aheadMs = 0;

  private constructor(
    private readonly app: INestApplicationContext,
    readonly folder: string,
  ) {
    const clock = app.get(Clock);
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + this.aheadMs));
  }

  static async open(settings: Record<string, string> = {}): Promise<Files> {
    const folder = makeTempFolder();
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: folder, BCRYPT_COST: '4', ...settings });
    const imports = [PlatformModule.register(config), DatabaseModule, MediaModule];
    const app = await NestFactory.createApplicationContext(
      { module: FilesModule, imports },
      { logger: false, abortOnError: false },
    );
    await app.get<DataSource>(getDataSourceToken(), { strict: false }).synchronize();
    return new Files(app, `${config.values.DATA_DIR}/media`);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get<Part>(part: abstract new (...given: never[]) => Part): Part {
    return this.app.get<Part>(part, { strict: false });
  }

  upload(
    content: string | Readable = 'content',
    more: Partial<Pick<NewFile, 'complete' | 'expectedBytes'>> = {},
  ): Promise<Media> {
    const stream = typeof content === 'string' ? Readable.from([Buffer.from(content)]) : content;
    return this.get(UploadMedia).execute(ADA, { filename: 'a.txt', content: stream, ...more });
  }

  attach(messageId: number, media: readonly Media[]): Promise<void> {
    const message = { id: messageId, chatId: 1, media };
    return this.get(Database).transaction((tx) => this.get(MediaAttachments).attach(tx, [message]));
  }

  async countRows(): Promise<number[]> {
    return Promise.all(MEDIA_ENTITIES.map((table) => this.get(Database).reads.count(table)));
  }
}
