import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AddParticipants,
  AlreadyParticipant,
  Chat,
  ChatNotFound,
  ChatNotJoined,
  ChatsModule,
  CreateGroup,
  GetChat,
  JoinChat,
  LeaveChat,
  ListRooms,
  OpenRoom,
  RenameChat,
} from '@app/chats';
import { DatabaseModule } from '@app/database';
import { Actor, loadConfig, PlatformModule } from '@app/platform';
import { RegisterUser } from '@app/users';
import { makeTempFolder } from '../support/temp-folder';

describe('rooms that are open to join', () => {
  let app: INestApplicationContext;
  let ada: Actor, bob: Actor, cleo: Actor;
  let count = 0;

  const register = async (): Promise<Actor> => {
    const account = { username: `person_${++count}`, password: 'correct horse' };
    const { id } = await app.get(RegisterUser).execute(account, { address: '127.0.0.1' });
    return { userId: id, sessionId: `session of ${id}` };
  };
  const open = (actor: Actor, others: Actor[], name?: string) =>
    app.get(OpenRoom).execute(actor, { name, memberIds: others.map(({ userId }) => userId) });
  const idsOf = (chats: readonly Chat[]) => chats.map(({ id }) => id);

  beforeAll(async () => {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), BCRYPT_COST: '4' });
    @Module({ imports: [PlatformModule.register(config), DatabaseModule, ChatsModule] })
    class TestModule {}
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    [ada, bob, cleo] = await Promise.all([register(), register(), register()]);
  });

  it('are made once for the same people, whoever asks and however often at once', async () => {
    const answers = await Promise.all([open(ada, [bob]), open(bob, [ada]), open(ada, [bob, ada, bob])]);
    expect(new Set(answers.map(({ chat }) => chat.id)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await open(ada, [cleo])).isNew).toBe(true);
  });

  it('are others under another name, and the nameless one where none is given', async () => {
    const named = await open(ada, [bob], 'Club');
    expect((await open(bob, [ada])).chat.id).toBe(named.chat.id);
    const other = await open(ada, [bob], 'club');
    expect([other.isNew, (await open(bob, [ada], 'club')).chat.id]).toEqual([true, other.chat.id]);
    expect((await open(bob, [ada])).chat.id).toBe(named.chat.id);
  });

  it('are found by who is in them now, however they came and went', async () => {
    const { chat } = await open(ada, [bob]);
    await app.get(JoinChat).execute(cleo, chat.id);
    expect((await open(cleo, [ada, bob])).chat.id).toBe(chat.id);
    expect((await open(ada, [bob])).isNew).toBe(true);
    await app.get(LeaveChat).execute(bob, chat.id);
    expect((await open(ada, [cleo])).chat.id).toBe(chat.id);
    await app.get(AddParticipants).execute(ada, chat.id, [bob.userId]);
    await app.get(RenameChat).execute(ada, chat.id, 'Club');
    expect((await open(cleo, [ada, bob], 'Club')).chat.id).toBe(chat.id);
  });

  it('let everybody in once; chats by invitation answer like none at all', async () => {
    const { chat } = await open(ada, []);
    await expect(app.get(GetChat).execute(bob, chat.id)).rejects.toThrow(ChatNotJoined);
    await app.get(JoinChat).execute(bob, chat.id);
    await expect(app.get(JoinChat).execute(bob, chat.id)).rejects.toThrow(AlreadyParticipant);
    const group = await app.get(CreateGroup).execute(ada, { participantIds: [] });
    for (const chatId of [group.id, 999_999]) {
      const refusal: unknown = await app
        .get(JoinChat)
        .execute(bob, chatId)
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(ChatNotFound);
      expect(refusal).not.toBeInstanceOf(ChatNotJoined);
    }
    expect((await open(ada, [])).chat.id).not.toBe(group.id);
  });

  it('have at most 100 members, also when the last two come at once', async () => {
    const people: Actor[] = [];
    while (people.length < 100) people.push(await register());
    const [first, second, ...others] = people as [Actor, Actor, ...Actor[]];
    const { chat } = await open(ada, others);
    const outcomes = await Promise.allSettled([first, second].map((one) => app.get(JoinChat).execute(one, chat.id)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(open(ada, people)).rejects.toMatchObject({ code: 'chat.full' });
  });

  it('are listed newest first, in slices; the rooms of others only where everything is asked for', async () => {
    const list = (slice: object, scope: 'own' | 'all') =>
      app.get(ListRooms).execute(bob, { before: Number.MAX_SAFE_INTEGER, limit: 100, ...slice }, scope);
    const own = (await open(bob, [ada])).chat;
    const foreign = (await open(ada, [cleo])).chat;
    const group = await app.get(CreateGroup).execute(ada, { participantIds: [bob.userId] });
    await app.get(CreateGroup).execute(ada, { participantIds: [cleo.userId] });
    expect(idsOf(await list({}, 'own'))).toEqual([group.id, own.id]);
    expect(idsOf(await list({ limit: 3 }, 'all'))).toEqual([group.id, foreign.id, own.id]);
    expect(idsOf(await list({ limit: 1 }, 'own'))).toEqual([group.id]);
    expect(idsOf(await list({ before: group.id, limit: 1 }, 'all'))).toEqual([foreign.id]);
  });
});
