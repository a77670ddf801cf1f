import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AddParticipants,
  AppointAdmin,
  ChatNotFound,
  ChatsModule,
  CreateGroup,
  GetChat,
  LeaveChat,
  RemoveParticipant,
  RenameChat,
} from '@app/chats';
import { Database, DatabaseModule } from '@app/database';
import { Actor, loadConfig, PlatformModule } from '@app/platform';
import { DeleteUser, RegisterUser } from '@app/users';

/** What is asked in one turn shares a commit: that is where writes about the same member meet. */
describe('changes of a membership that share a commit', () => {
  let dataDir: string;
  let app: INestApplicationContext;
  let ada: Actor, bob: Actor, cleo: Actor;
  let chatId: number;

  const start = async (): Promise<void> => {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, BCRYPT_COST: '4' });
    @Module({ imports: [PlatformModule.register(config), DatabaseModule, ChatsModule] })
    class TestModule {}
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  };
  const register = async (username: string): Promise<Actor> => {
    const account = { username, password: 'correct horse' };
    const { id } = await app.get(RegisterUser).execute(account, { address: '127.0.0.1' });
    return { userId: id, sessionId: `session of ${username}` };
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'chat-membership-'));
    await start();
    ada = await register('ada');
    bob = await register('bob');
    cleo = await register('cleo');
  });
  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    chatId = (await app.get(CreateGroup).execute(ada, { participantIds: [bob.userId] })).id;
  });

  it('leave nobody behind who was changed before being removed', async () => {
    await Promise.all([
      app.get(AppointAdmin).execute(ada, chatId, bob.userId, true),
      app.get(AppointAdmin).execute(ada, chatId, bob.userId, false),
      app.get(RemoveParticipant).execute(ada, chatId, bob.userId),
    ]);
    await expect(app.get(GetChat).execute(bob, chatId)).rejects.toThrow(ChatNotFound);
    const { participants } = await app.get(GetChat).execute(ada, chatId);
    expect(participants.map(({ userId }) => userId)).toEqual([ada.userId]);
  });

  it('know the names of those who came in the same commit', async () => {
    await app.get(RemoveParticipant).execute(ada, chatId, bob.userId);
    await Promise.all([
      app
        .get(AddParticipants)
        .execute(ada, chatId, [cleo.userId])
        .catch(() => undefined),
      app
        .get(RenameChat)
        .execute(ada, chatId, 'renamed')
        .catch(() => undefined),
      app.get(LeaveChat).execute(ada, chatId),
    ]);
    const { name, participants } = await app.get(GetChat).execute(cleo, chatId);
    expect(name).toBe('renamed');
    expect(participants).toMatchObject([{ username: 'cleo', isAdmin: true }]);
  });

  it('are finished at the next start for an account that was deleted when the server died', async () => {
    await app.get(DeleteUser).execute(bob);
    await app.close();
    await start();
    await app.init();
    const left = await app
      .get(Database)
      .reads.query<unknown[]>('SELECT * FROM chat_participants WHERE user_id = ?', [bob.userId]);
    expect(left).toEqual([]);
  });
});
