import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import BetterSqlite3 from 'better-sqlite3';
import { AddParticipants, ChatsModule, CreateGroup, OpenDirectChat } from '@app/chats';
import { DatabaseModule, MongoModule } from '@app/database';
import { DeleteMessage, EditMessage, MarkRead, MessagesModule, SendMessage } from '@app/messages';
import { Actor, loadConfig, PlatformModule } from '@app/platform';
import { RegisterUser } from '@app/users';
import { verify } from '../../apps/server/src/verify/verify';
import { makeTempFolder } from '../support/temp-folder';

const FILE = 'chat.sqlite';

/** What stands in a {@link makeSoundStore}. Messages are in the group, unless they say otherwise. */
export interface Stored {
  readonly dataDir: string;
  readonly ada: number;
  readonly bob: number;
  readonly eve: number;
  readonly group: number;
  readonly direct: number;
  /** By Ada, `seq` 1 to 3; Eve comes in with 4; 5 answers the first; 6 edits the second, 7 deletes the third. */
  readonly messages: readonly [first: number, edited: number, deleted: number, answer: number];
  readonly directMessage: number;
}

/**
 * A store in which everything has happened that leaves a trace, made by the server's own code and closed again.
 * @param settings of other stores than the embedded one
 */
export async function makeSoundStore(settings: Record<string, string> = {}): Promise<Stored> {
  const dataDir = makeTempFolder();
  const app = await open(dataDir, settings);
  const stored = await fill(app);
  await app.close();
  return { dataDir, ...stored };
}

/** Goes on with a store as a server would that was started again: Ada sends one more message to the group. */
export async function sendOneMore(
  stored: Stored,
  settings: Record<string, string>,
  content = 'one more',
): Promise<void> {
  const app = await open(stored.dataDir, settings);
  const ada = { userId: stored.ada, sessionId: 'ada' };
  try {
    await app.get(SendMessage).execute(ada, { chatId: stored.group, content });
  } finally {
    await app.close();
  }
}

function open(dataDir: string, settings: Record<string, string>): Promise<INestApplicationContext> {
  const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, BCRYPT_COST: '4', ...settings });
  const stores = [DatabaseModule, MongoModule.register(config)];
  @Module({ imports: [PlatformModule.register(config), ...stores, ChatsModule, MessagesModule] })
  class Everything {}
  return NestFactory.createApplicationContext(Everything, { logger: false, abortOnError: false });
}

async function fill(app: INestApplicationContext): Promise<Omit<Stored, 'dataDir'>> {
  const register = async (username: string): Promise<Actor> => {
    const account = { username, email: `${username}@example.org`, password: 'correct horse battery', fullName: null };
    const { id } = await app.get(RegisterUser).execute(account, { address: '192.0.2.1' });
    return { userId: id, sessionId: username };
  };
  const [ada, bob, eve] = [await register('ada'), await register('bob'), await register('eve')];
  const send = async (actor: Actor, chatId: number, content: string, replyTo?: number): Promise<number> => {
    const given = { chatId, content, replyTo: replyTo ?? null, clientId: null, type: 'text' as const };
    return (await app.get(SendMessage).execute(actor, given)).message.id;
  };

  const { id: group } = await app.get(CreateGroup).execute(ada, { name: 'all', participantIds: [bob.userId] });
  const { chat } = await app.get(OpenDirectChat).execute(ada, [bob.userId]);
  const first = await send(ada, group, 'the first');
  const edited = await send(ada, group, 'not what I meant');
  const deleted = await send(ada, group, 'forget this');
  await app.get(AddParticipants).execute(ada, group, [eve.userId]);
  const answer = await send(bob, group, 'an answer', first);
  await app.get(EditMessage).execute(ada, { messageId: edited }, 'what I meant');
  await app.get(DeleteMessage).execute(ada, { messageId: deleted });
  await app.get(MarkRead).execute(bob, group, 1);
  const directMessage = await send(ada, chat.id, 'just you and me');
  return {
    ada: ada.userId,
    bob: bob.userId,
    eve: eve.userId,
    group,
    direct: chat.id,
    messages: [first, edited, deleted, answer],
    directMessage,
  };
}

/** A copy of the store, after `sql` was done to it by somebody who should not have. */
export function damaged(stored: Stored, ...sql: readonly string[]): string {
  const dataDir = makeTempFolder();
  cpSync(stored.dataDir, dataDir, { recursive: true });
  const store = new BetterSqlite3(join(dataDir, FILE));
  for (const statement of sql) {
    // A damage that changes nothing would prove nothing.
    if (store.prepare(statement).run().changes === 0) throw new Error(`nothing was damaged by ${statement}`);
  }
  store.close();
  return dataDir;
}

/**
 * What the command finds in a store: its verdict, and the lines that name damage.
 * @param settings of other stores than the embedded one
 */
export async function verdictOn(
  dataDir: string,
  settings: Record<string, string> = {},
): Promise<{ isSound: boolean; damage: string[]; lines: string[] }> {
  const lines: string[] = [];
  const isSound = await verify({ DATA_DIR: dataDir, ...settings }, (line) => lines.push(line));
  const damage = lines.filter((line) => /^(sequence|count|pointer|body|unread|membership|id): /.test(line));
  return { isSound, damage, lines };
}
