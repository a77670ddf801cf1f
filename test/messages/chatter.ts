import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ChatsModule, CreateGroup } from '@app/chats';
import { Database, DatabaseModule, MongoModule } from '@app/database';
import {
  DeleteMessage,
  EditMessage,
  ListMessages,
  ListRevisions,
  Message,
  MessagesModule,
  Revision,
  SendMessage,
  SentMessage,
} from '@app/messages';
import { Actor, Clock, Config, loadConfig, PlatformModule } from '@app/platform';
import { RegisterUser } from '@app/users';
import { makeTempFolder } from '../support/temp-folder';

class ChatterModule {}

/** The messages' library on stores of its own, with one person who talks to herself. */
export class Chatter {
  readonly ada: Actor;
  readonly chatId: number;

  private constructor(
    private readonly app: INestApplicationContext,
    made: { readonly ada: Actor; readonly chatId: number },
  ) {
    this.ada = made.ada;
    this.chatId = made.chatId;
  }

  /** @param settings of stores; all in a temporary folder if empty */
  static async open(settings: Record<string, string> = {}): Promise<Chatter> {
    const app = await openMessages(configOf(settings));
    const account = { username: 'ada', email: 'ada@example.org', password: 'correct horse', fullName: null };
    const { id: userId } = await app.get(RegisterUser).execute(account, { address: '192.0.2.1' });
    const ada = { userId, sessionId: 'a session' };
    const { id: chatId } = await app.get(CreateGroup).execute(ada, { name: null, participantIds: [] });
    return new Chatter(app, { ada, chatId });
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get<Part>(part: abstract new (...given: never[]) => Part): Part {
    return this.app.get<Part>(part, { strict: false });
  }

  get database(): Database {
    return this.get(Database);
  }

  send(
    content: string,
    given: { chatId?: number; clientId?: string; replyTo?: number; mediaIds?: readonly number[] } = {},
  ): Promise<SentMessage> {
    return this.get(SendMessage).execute(this.ada, { chatId: this.chatId, content, ...given });
  }

  edit(messageId: number, content: string): Promise<Message> {
    return this.get(EditMessage).execute(this.ada, { messageId }, content);
  }

  delete(messageId: number): Promise<Message> {
    return this.get(DeleteMessage).execute(this.ada, { messageId });
  }

  /** The latest messages, newest first. */
  async list(): Promise<readonly Message[]> {
    const { items } = await this.get(ListMessages).byPage(this.ada, this.chatId, { page: 1, limit: 100 });
    return items;
  }

  async listRevisions(messageId: number): Promise<readonly Revision[]> {
    const { items } = await this.get(ListRevisions).execute(this.ada, messageId, { page: 1, limit: 100 });
    return items;
  }

  /** Lets it be later (or earlier), until the test ends. */
  letPass(milliseconds: number): void {
    const then = new Date(Date.now() + milliseconds);
    jest.spyOn(this.get(Clock), 'now').mockReturnValue(then);
  }
}

export function configOf(settings: Record<string, string> = {}): Config {
  return loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), BCRYPT_COST: '4', ...settings });
}

/** @throws StoreUnreachable */
export function openMessages(config: Config): Promise<INestApplicationContext> {
  const imports = [
    PlatformModule.register(config),
    DatabaseModule,
    MongoModule.register(config),
    ChatsModule,
    MessagesModule,
  ];
  return NestFactory.createApplicationContext(
    { module: ChatterModule, imports },
    { logger: false, abortOnError: false },
  );
}
