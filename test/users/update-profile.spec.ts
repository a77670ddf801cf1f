import {
  DeleteUser,
  GetOwnProfile,
  ProfileChanges,
  Sessions,
  UpdateProfile,
  User,
  UserDirectory,
  VerifyPassword,
} from '@app/users';
import { ActivityLog } from '../../libs/users/src/sessions/activity-log';
import { Accounts, LoggedIn, outcomesOf, PASSWORD } from './accounts';

const NEW_PASSWORD = 'a better horse battery';

let accounts: Accounts;
let user: User;
let here: LoggedIn;
let there: LoggedIn;
beforeAll(async () => {
  accounts = await Accounts.open({ LIMIT_LOGIN_FAILURES: '3' });
});
beforeEach(async () => {
  const username = accounts.uniqueName();
  user = await accounts.register({ username, email: `${username}@example.org`, fullName: 'Some One' });
  here = await accounts.logIn(user);
  there = await accounts.logIn(user);
  await accounts.get(ActivityLog).flush();
  user = await accounts.get(GetOwnProfile).execute(here.actor);
  accounts.ended.length = 0;
  accounts.changed.length = 0;
});
afterAll(() => accounts.close());

const update = (changes: ProfileChanges) => accounts.get(UpdateProfile).execute(here.actor, changes);
const requireActor = (session: LoggedIn) => accounts.get(Sessions).requireActor(session.claims);

test('what is given changes, what is left out stays', async () => {
  expect(await update({})).toEqual(user);
  expect(accounts.changed).toEqual([]);
  expect(await update({ fullName: null })).toEqual({ ...user, fullName: null });
  const changes = { username: `${user.username}.new`, email: `new.${user.email}` };
  expect(await update(changes)).toEqual({ ...user, ...changes, fullName: null });
  expect(accounts.changed).toEqual([user.id, user.id]);
  expect(accounts.ended).toEqual([]);
  await accounts.logIn(changes);
});

test('a name may change its case, but not become one that is taken', async () => {
  const other = await accounts.register({ email: `other.${user.email}` });
  const username = user.username.toUpperCase();
  expect((await update({ username })).username).toBe(username);
  const taken = { username: other.username.toUpperCase() };
  await expect(update(taken)).rejects.toMatchObject({ code: 'user.username_taken', fields: [{ path: 'username' }] });
  const email = other.email?.toUpperCase();
  await expect(update({ email })).rejects.toMatchObject({ code: 'user.email_taken', fields: [{ path: 'email' }] });
});

test('of many who rename themselves to one name at once, one gets it', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, async () => accounts.logIn(await accounts.register())));
  const rename = ({ actor }: LoggedIn) => accounts.get(UpdateProfile).execute(actor, { username: 'the-one' });
  expect(await outcomesOf(people.map(rename))).toEqual({ done: 1, codes: ['user.username_taken'] });
});

test('a new password ends the other sessions; this one goes on', async () => {
  await requireActor(there);
  await update({ password: NEW_PASSWORD, currentPassword: PASSWORD });
  expect(accounts.ended).toEqual([{ userId: user.id, sessionIds: [there.actor.sessionId] }]);
  await requireActor(here);
  await expect(requireActor(there)).rejects.toMatchObject({ code: 'auth.invalid_token' });
  await expect(accounts.logIn(user)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
  await accounts.logIn(user, NEW_PASSWORD);
});

test('a new password needs the old one, and nothing is changed without it', async () => {
  const changes = { password: 'short', username: 'x', fullName: 'Changed' };
  await expect(update(changes)).rejects.toMatchObject({
    code: 'request.invalid',
    fields: [{ path: 'username' }, { path: 'password' }, { path: 'current_password', code: 'missing' }],
  });
  const wrong = update({ fullName: 'Changed', password: NEW_PASSWORD, currentPassword: 'a wrong guess' });
  await expect(wrong).rejects.toMatchObject({
    kind: 'forbidden',
    code: 'user.wrong_password',
    fields: [{ path: 'current_password' }],
  });
  expect(await update({})).toEqual(user);
  expect(accounts.ended).toEqual([]);
});

test('of two new passwords at once one is taken', async () => {
  const change = (password: string) => update({ password, currentPassword: PASSWORD });
  const outcome = await outcomesOf([change('the first new one'), change('the second new one')]);
  expect(outcome).toEqual({ done: 1, codes: ['user.wrong_password'] });
});

test('guesses at the own password are limited, and nobody outside can use them up', async () => {
  const verify = (password: string) => accounts.get(VerifyPassword).execute(here.actor, password);
  const guesses = Array.from({ length: 3 }, () => accounts.logIn(user, 'a wrong guess'));
  expect((await outcomesOf(guesses)).codes).toEqual(['auth.invalid_credentials']);
  await verify(PASSWORD);
  const outcome = await outcomesOf(Array.from({ length: 20 }, () => verify('a wrong guess')));
  expect(outcome.codes.sort()).toEqual(['request.rate_limited', 'user.wrong_password']);
  await expect(verify(PASSWORD)).rejects.toMatchObject({ code: 'request.rate_limited' });
});

test('a session that has ended changes nothing any more', async () => {
  await update({ password: NEW_PASSWORD, currentPassword: PASSWORD });
  const late = accounts.get(UpdateProfile).execute(there.actor, { fullName: 'Too Late' });
  await expect(late).rejects.toMatchObject({ code: 'auth.invalid_token' });
});

test('a new name shows in the directory at once', async () => {
  const directory = accounts.get(UserDirectory);
  expect((await directory.getNames([user.id])).get(user.id)?.fullName).toBe('Some One');
  await update({ fullName: 'Renamed' });
  expect((await directory.getNames([user.id])).get(user.id)?.fullName).toBe('Renamed');
});

test('a deleted account can not be changed', async () => {
  await accounts.get(DeleteUser).execute(here.actor);
  await expect(update({ fullName: 'Ghost' })).rejects.toMatchObject({ code: 'auth.invalid_token' });
});
