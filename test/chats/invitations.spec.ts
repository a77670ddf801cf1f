import { INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import {
  AddParticipants,
  ChatsModule,
  CreateGroupByEmail,
  DeleteAccount,
  GetGroupDetails,
  GroupDetails,
  LeaveChat,
  ParticipantAdded,
} from '@app/chats';
import { DatabaseModule } from '@app/database';
import { Actor, EventBus, loadConfig, PlatformModule } from '@app/platform';
import { AccessClaims, EmailOwners, LogIn, RegisterUser, UpdateProfile, User } from '@app/users';
import { makeTempFolder } from '../support/temp-folder';

describe('invitations by e-mail', () => {
  let dataDir: string;
  let app: INestApplicationContext;
  let ada: Actor;
  let count = 0;

  const open = async () => {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, BCRYPT_COST: '4', RATE_LIMITS: 'off' });
    @Module({ imports: [PlatformModule.register(config), DatabaseModule, ChatsModule] })
    class TestModule {}
    app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  };
  const address = () => `person${++count}@example.org`;
  const register = (email: string): Promise<User> =>
    app
      .get(RegisterUser)
      .execute({ username: `person_${++count}`, email, password: 'correct horse' }, { address: 'x' });
  const actorOf = ({ id }: User): Actor => ({ userId: id, sessionId: `session of ${id}` });
  const create = (emails: string[], more = {}): Promise<GroupDetails> =>
    app.get(CreateGroupByEmail).execute(ada, { name: 'Room', emails, ...more });
  const membersOf = (details: GroupDetails) => details.chat.participants.map(({ userId }) => userId);
  const look = (chatId: number) => app.get(GetGroupDetails).execute(ada, chatId);

  beforeEach(async () => {
    dataDir = makeTempFolder();
    await open();
    ada = actorOf(await register('ada@example.org'));
  });
  afterEach(() => app.close());

  test('make members of those who have an account, and wait for the others; the maker is in once', async () => {
    const bob = await register('bob@example.org');
    const emails = ['BOB@example.org', 'ada@example.org', 'Cleo@Example.org', 'bob@example.org', 'cleo@example.org'];
    const details = await create(emails, { description: 'About books' });
    expect(membersOf(details)).toEqual([ada.userId, bob.id]);
    expect(details).toMatchObject({ invitedEmails: ['cleo@example.org'], description: 'About books' });
    expect(await look(details.chat.id)).toEqual(details);
  });

  test('make a member of who signs up, before that is answered, and tell the others', async () => {
    const rooms = [await create(['cleo@example.org']), await create(['CLEO@example.org'])];
    const arrivals: number[] = [];
    app.get(EventBus).on(ParticipantAdded, ({ chatId }) => arrivals.push(chatId));
    const cleo = await register('Cleo@example.org');
    expect(arrivals).toEqual(rooms.map(({ chat }) => chat.id));
    const now = await look(rooms[0]?.chat.id ?? 0);
    expect([membersOf(now), now.invitedEmails, now.chat.lastSeq]).toEqual([[ada.userId, cleo.id], [], 1]);
  });

  test('hold for who takes the address later, and are used up by that', async () => {
    const { chat } = await create(['cleo@example.org']);
    const cleo = await register(address());
    const { accessToken, userId } = await app
      .get(LogIn)
      .execute({ login: cleo.username, password: 'correct horse' }, { address: 'x' });
    const { sid: sessionId } = app.get(JwtService, { strict: false }).decode<AccessClaims>(accessToken);
    const actor = { userId, sessionId };
    await app.get(UpdateProfile).execute(actor, { email: 'cleo@example.org' });
    expect(membersOf(await look(chat.id))).toEqual([ada.userId, cleo.id]);
    await app.get(DeleteAccount).execute(actor, 'correct horse');
    await register('cleo@example.org');
    expect(membersOf(await look(chat.id))).toEqual([ada.userId]);
  });

  test('are kept when the sign-up is cut off, and accepted at the next start', async () => {
    const { chat } = await create(['cleo@example.org']);
    jest.spyOn(app.get(EmailOwners), 'announce').mockResolvedValue();
    const cleo = await register('cleo@example.org');
    expect((await look(chat.id)).invitedEmails).toEqual(['cleo@example.org']);
    await app.close();
    await open();
    expect(membersOf(await look(chat.id))).toEqual([ada.userId, cleo.id]);
    expect((await look(chat.id)).invitedEmails).toEqual([]);
  });

  test('reach also those who sign up at the very moment', async () => {
    const emails = Array.from({ length: 10 }, address);
    const [rooms, people] = await Promise.all([
      Promise.all(emails.map((email) => create([email]))),
      Promise.all(emails.map(register)),
    ]);
    for (const [index, { chat }] of rooms.entries()) {
      const details = await look(chat.id);
      expect([membersOf(details), details.invitedEmails]).toEqual([[ada.userId, people[index]?.id], []]);
    }
  });

  test('take up places: 100 members and invitations, and no more by any way', async () => {
    const emails = Array.from({ length: 99 }, address);
    const dan = await register('dan@example.org');
    await expect(create([...emails, 'dan@example.org'])).rejects.toMatchObject({ code: 'chat.full' });
    const { chat } = await create(emails);
    await expect(app.get(AddParticipants).execute(ada, chat.id, [dan.id])).rejects.toMatchObject({ code: 'chat.full' });
    await register(emails[0] ?? '');
    expect((await look(chat.id)).invitedEmails).toHaveLength(98);
  });

  test('are refused with the place of what is no address, and then no group is made', async () => {
    await expect(create(['bob@example.org', 'bob', 'x@'])).rejects.toMatchObject({
      fields: [
        { path: 'members.1', code: 'not_an_email' },
        { path: 'members.2', code: 'not_an_email' },
      ],
    });
    await expect(create([], { description: 'x'.repeat(1001) })).rejects.toMatchObject({
      fields: [{ path: 'description', code: 'too_long' }],
    });
  });

  test('to a group that is closed by then are forgotten', async () => {
    const { chat } = await create(['cleo@example.org']);
    await app.get(LeaveChat).execute(ada, chat.id);
    const cleo = await register('cleo@example.org');
    await expect(app.get(GetGroupDetails).execute(actorOf(cleo), chat.id)).rejects.toMatchObject({
      code: 'chat.not_found',
    });
  });
});
