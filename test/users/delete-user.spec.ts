import {
  DeleteUser,
  GetOwnProfile,
  GetProfile,
  RefreshSession,
  SearchUsers,
  Sessions,
  UserDirectory,
  UserEntity,
  VerifyPassword,
} from '@app/users';
import { ActivityLog } from '../../libs/users/src/sessions/activity-log';
import { Accounts, PAGE, PASSWORD } from './accounts';

let accounts: Accounts;
beforeAll(async () => {
  accounts = await Accounts.open();
});
afterAll(() => accounts.close());

test('a deleted account is gone from everywhere but its id', async () => {
  const details = { username: 'Leaving', email: 'leaving@example.org', fullName: 'Leaving Person' };
  const user = await accounts.register(details);
  const [one, two] = [await accounts.logIn(user), await accounts.logIn(user)];
  const directory = accounts.get(UserDirectory);
  await directory.getNames([user.id]);
  await accounts.get(Sessions).requireActor(one.claims);

  await accounts.get(DeleteUser).execute(one.actor);

  expect(accounts.ended).toHaveLength(1);
  expect(new Set(accounts.ended[0]?.sessionIds)).toEqual(new Set([one.actor.sessionId, two.actor.sessionId]));
  for (const { claims, refreshToken } of [one, two]) {
    await expect(accounts.get(Sessions).requireActor(claims)).rejects.toMatchObject({ code: 'auth.invalid_token' });
    await expect(accounts.get(RefreshSession).execute(refreshToken, {})).rejects.toMatchObject({
      code: 'auth.invalid_refresh_token',
    });
  }
  await expect(accounts.logIn(user)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
  for (const gone of [
    accounts.get(GetOwnProfile).execute(one.actor),
    accounts.get(VerifyPassword).execute(one.actor, PASSWORD),
  ]) {
    await expect(gone).rejects.toMatchObject({ code: 'auth.invalid_token' });
  }

  const reader = (await accounts.logIn(await accounts.register())).actor;
  await expect(accounts.get(GetProfile).execute(reader, user.id)).rejects.toMatchObject({ code: 'user.not_found' });
  expect(await accounts.get(SearchUsers).execute(reader, 'leaving', PAGE)).toMatchObject({ total: 0 });
  expect(await directory.getNames([user.id])).toEqual(
    new Map([[user.id, { username: 'deleted user', email: null, fullName: null }]]),
  );
  expect(await directory.findActiveIds([user.id, reader.userId])).toEqual(new Set([reader.userId]));

  await accounts.get(ActivityLog).flush();
  const row = await accounts.database.reads.findOneByOrFail(UserEntity, { id: user.id });
  expect(JSON.stringify(row)).not.toMatch(/leaving/i);
  expect(row).toMatchObject({ passwordHash: null, email: null, fullNameFolded: null, lastSeen: null });
});

test('its name and address are free again, also for two who leave after each other', async () => {
  const details = { username: 'Phoenix', email: 'phoenix@example.org' };
  const ids = new Set<number>();
  for (let n = 0; n < 3; n++) {
    const user = await accounts.register(details);
    ids.add(user.id);
    await accounts.get(DeleteUser).execute((await accounts.logIn(user)).actor);
  }
  expect(ids.size).toBe(3);
});

test('twice does no harm', async () => {
  const { actor } = await accounts.logIn(await accounts.register());
  await accounts.get(DeleteUser).execute(actor);
  await accounts.get(DeleteUser).execute(actor);
});
