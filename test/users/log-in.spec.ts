import { GetOwnProfile, ListSessions, LogIn, MAX_SESSIONS_PER_USER, Sessions } from '@app/users';
import { PasswordHasher } from '../../libs/users/src/passwords/password-hasher';
import { SessionSweeper } from '../../libs/users/src/sessions/session-sweeper';
import { ActivityLog } from '../../libs/users/src/sessions/activity-log';
import { Accounts, outcomesOf, PAGE, PASSWORD } from './accounts';

let accounts: Accounts;
let address: string;
let count = 0;
beforeAll(async () => {
  accounts = await Accounts.open({ LIMIT_LOGIN_FAILURES: '5' });
});
beforeEach(() => {
  // Failures are counted per address, too: each test has its own.
  address = `192.0.2.${++count}`;
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => accounts.close());

const attempt = (login: string, password: string, from = address) =>
  accounts.get(LogIn).execute({ login, password }, { address: from, userAgent: null });

const attempts = (count: number, login: string, password: string) =>
  outcomesOf(Array.from({ length: count }, () => attempt(login, password)));

test('name and e-mail both open a session, however they are written', async () => {
  const user = await accounts.register({ username: 'Straße', email: 'Weg@Example.org' });
  for (const login of ['Straße', 'STRASSE', 'Ｓtrasse', 'weg@example.org', 'WEG@EXAMPLE.ORG']) {
    expect(await attempt(login, PASSWORD)).toMatchObject({ userId: user.id, expiresInSeconds: 1800 });
  }
});

test('the access token carries the claims that all dialects rely on', async () => {
  const user = await accounts.register({ email: 'claims@example.org' });
  const { claims } = await accounts.logIn(user);
  expect(claims).toEqual({
    sub: String(user.id),
    user_id: String(user.id),
    email: 'claims@example.org',
    username: user.username,
    jti: expect.any(String) as string,
    sid: expect.any(String) as string,
    iat: expect.any(Number) as number,
    exp: claims.iat + 1800,
  });
});

test('an unknown name costs a comparison and says the same as a wrong password', async () => {
  const user = await accounts.register();
  const compare = jest.spyOn(accounts.get(PasswordHasher), 'compare');
  const failures = [];
  for (const login of [user.username, 'nobody-at-all', 'nobody@example.org', '\0'.repeat(100_000)]) {
    failures.push(await attempt(login, 'a wrong guess').catch((error: Error) => error));
  }
  expect(compare).toHaveBeenCalledTimes(4);
  expect(new Set(failures.map(String)).size).toBe(1);
  for (const failure of failures) {
    expect(failure).toMatchObject({ kind: 'unauthenticated', code: 'auth.invalid_credentials' });
  }
});

test('a password that bcrypt would cut is wrong, even if its beginning is right', async () => {
  const username = accounts.uniqueName();
  const password = 'x'.repeat(72);
  await accounts.register({ username, password } as { username: string });
  await attempt(username, password);
  for (const wrong of [`${password}y`, `${password}\0`, 'y'.repeat(200_000), '\ud800'.repeat(9)]) {
    await expect(attempt(username, wrong)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
  }
});

test('of a hundred guesses at once no more are compared than may fail', async () => {
  const user = await accounts.register();
  const compare = jest.spyOn(accounts.get(PasswordHasher), 'compare');
  const { done, codes } = await attempts(100, user.username, 'a wrong guess');
  expect(done).toBe(0);
  expect(codes.sort()).toEqual(['auth.invalid_credentials', 'request.rate_limited']);
  expect(compare).toHaveBeenCalledTimes(5);
  await expect(attempt(user.username.toUpperCase(), PASSWORD)).rejects.toMatchObject({ code: 'request.rate_limited' });
});

test('name and address of one account share its count', async () => {
  const user = await accounts.register({ email: 'shared@example.org' });
  await attempts(3, user.username, 'a wrong guess');
  await attempts(2, 'shared@example.org', 'a wrong guess');
  await expect(attempt(user.username, PASSWORD)).rejects.toMatchObject({ code: 'request.rate_limited' });
});

test('getting in forgets the failures of the account, and is none', async () => {
  const user = await accounts.register();
  await attempts(4, user.username, 'a wrong guess');
  for (let n = 0; n < 12; n++) await attempt(user.username, PASSWORD);
  expect((await attempts(5, user.username, 'a wrong guess')).codes).toEqual(['auth.invalid_credentials']);
});

test('a guesser of many names is stopped by address, which getting in as oneself does not help', async () => {
  const [mine, other] = [await accounts.register(), await accounts.register()];
  const guess = (n: number) => attempt(`made-up-${n}`, 'a wrong guess').catch((error: { code: string }) => error.code);
  for (let n = 0; n < 50; n++) {
    expect(await guess(n)).toBe('auth.invalid_credentials');
    if (n === 25) await attempt(mine.username, PASSWORD);
  }
  expect(await guess(50)).toBe('request.rate_limited');
  await expect(attempt(other.username, PASSWORD)).rejects.toMatchObject({ code: 'request.rate_limited' });
  await attempt(other.username, PASSWORD, 'elsewhere');
});

test('a log-in that could not be tried is no failure', async () => {
  const user = await accounts.register();
  jest.spyOn(accounts.get(PasswordHasher), 'compare').mockRejectedValue(new Error('busy'));
  await attempts(20, user.username, PASSWORD);
  jest.restoreAllMocks();
  await attempt(user.username, PASSWORD);
});

test('a password that is changed while it is compared opens nothing', async () => {
  const user = await accounts.register();
  const hasher = accounts.get(PasswordHasher);
  const compare = hasher.compare.bind(hasher);
  jest.spyOn(hasher, 'compare').mockImplementation(async (password, hash) => {
    const isRight = await compare(password, hash);
    await accounts.database.transaction((tx) =>
      tx.query(`UPDATE users SET password_hash = 'new' WHERE id = ${user.id}`),
    );
    return isRight;
  });
  await expect(attempt(user.username, PASSWORD)).rejects.toMatchObject({ code: 'auth.invalid_credentials' });
});

test('the log-in beyond the limit ends the session that was not used for longest', async () => {
  const user = await accounts.register();
  const logIns = [];
  for (let n = 0; n < MAX_SESSIONS_PER_USER; n++) logIns.push(await accounts.logIn(user));
  const [first, second] = logIns;
  if (!first || !second) throw new Error('no sessions');
  accounts.letPass(120_000);
  await accounts.get(Sessions).requireActor(first.claims);
  await accounts.get(ActivityLog).flush();
  const { actor } = await accounts.logIn(user);
  expect(accounts.ended.at(-1)).toEqual({ userId: user.id, sessionIds: [second.actor.sessionId] });
  await expect(accounts.get(Sessions).requireActor(second.claims)).rejects.toMatchObject({
    code: 'auth.invalid_token',
  });
  expect(await accounts.get(ListSessions).execute(actor, PAGE)).toMatchObject({ total: MAX_SESSIONS_PER_USER });
}, 60_000);

test('being used is written down a little later, once a minute at most', async () => {
  const user = await accounts.register();
  const { claims, actor } = await accounts.logIn(user);
  const note = jest.spyOn(accounts.get(ActivityLog), 'note');
  await accounts.get(Sessions).requireActor(claims);
  expect(note).not.toHaveBeenCalled();
  accounts.letPass(61_000);
  for (let n = 0; n < 10; n++) await accounts.get(Sessions).requireActor(claims);
  expect(note).toHaveBeenCalledTimes(1);
  await accounts.get(ActivityLog).flush();
  const { lastSeen } = await accounts.get(GetOwnProfile).execute(actor);
  expect(lastSeen?.getTime()).toBeGreaterThan(Date.now() + 60_000);
  const [session] = (await accounts.get(ListSessions).execute(actor, PAGE)).items;
  expect(session).toMatchObject({ isCurrent: true, userAgent: 'A Browser/1.0', lastUsedAt: lastSeen });
});

test('a session that nobody refreshes is over after its time, and swept a day later', async () => {
  const user = await accounts.register();
  const { claims, actor } = await accounts.logIn(user);
  const day = 24 * 60 * 60 * 1000;
  accounts.letPass(30 * day + 1000);
  await expect(accounts.get(Sessions).requireActor(claims)).rejects.toMatchObject({ code: 'auth.invalid_token' });
  await accounts.get(SessionSweeper).work();
  const ofUser = accounts.ended.filter(({ userId }) => userId === user.id);
  expect(ofUser).toEqual([{ userId: user.id, sessionIds: [actor.sessionId] }]);

  const rows = () => accounts.database.reads.query(`SELECT id FROM sessions WHERE user_id = ${user.id}`);
  await accounts.get(SessionSweeper).work();
  expect(await rows()).toHaveLength(1);
  accounts.letPass(31 * day + 2000);
  await accounts.get(SessionSweeper).work();
  expect(await rows()).toHaveLength(0);
});
