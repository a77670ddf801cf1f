import { EventBus } from '@app/platform';
import {
  AccessClaims,
  EndSession,
  ListSessions,
  LogOut,
  RefreshSession,
  SessionEntity,
  Sessions,
  SessionsEnded,
  User,
} from '@app/users';
import { SessionsRepository } from '../../libs/users/src/persistence/sessions.repository';
import { Accounts, LoggedIn, outcomesOf, PAGE } from './accounts';

let accounts: Accounts;
let user: User;
let here: LoggedIn;
let there: LoggedIn;
beforeAll(async () => {
  accounts = await Accounts.open();
});
beforeEach(async () => {
  user = await accounts.register();
  here = await accounts.logIn(user);
  there = await accounts.logIn(user);
  accounts.ended.length = 0;
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => accounts.close());

const refresh = (token: string) => accounts.get(RefreshSession).execute(token, { userAgent: 'Another/2.0' });
const isLive = (claims: AccessClaims) =>
  accounts
    .get(Sessions)
    .requireActor(claims)
    .then(
      () => true,
      (error: { code?: string }) => (error.code === 'auth.invalid_token' ? false : Promise.reject(error as Error)),
    );
const invalid = { kind: 'unauthenticated', code: 'auth.invalid_refresh_token' };

test('a token is good for who it was made for, as long as its session lives', async () => {
  expect(await accounts.get(Sessions).requireActor(here.claims)).toEqual(here.actor);
  const forged: Partial<Record<keyof AccessClaims, unknown>>[] = [
    { sub: '999999' },
    { sub: `${here.claims.sub}.0` },
    { sub: user.id },
    { sub: '' },
    { sid: 'made-up' },
    { sid: undefined },
    { exp: undefined },
  ];
  for (const claims of forged) expect(await isLive({ ...here.claims, ...claims } as AccessClaims)).toBe(false);
});

test('refreshing gives a new pair in the same session, and moves its end on', async () => {
  const before = await accounts.database.reads.findOneByOrFail(SessionEntity, { id: here.actor.sessionId });
  accounts.letPass(60_000);
  const pair = await refresh(here.refreshToken);
  expect(pair.refreshToken).not.toBe(here.refreshToken);
  expect(accounts.claimsOf(pair.accessToken)).toMatchObject({ sub: String(user.id), sid: here.actor.sessionId });
  const after = await accounts.database.reads.findOneByOrFail(SessionEntity, { id: here.actor.sessionId });
  expect(after.expiresAt.getTime()).toBeGreaterThan(before.expiresAt.getTime() + 50_000);
  expect(after.userAgent).toBe('Another/2.0');
  expect(JSON.stringify(after)).not.toContain(pair.refreshToken.split('.')[1]);
  await refresh(pair.refreshToken);
});

test('a refresh token that is used again ends its session, and only that', async () => {
  const pair = await refresh(here.refreshToken);
  await expect(refresh(here.refreshToken)).rejects.toMatchObject(invalid);
  expect(accounts.ended).toEqual([{ userId: user.id, sessionIds: [here.actor.sessionId] }]);
  await expect(refresh(pair.refreshToken)).rejects.toMatchObject(invalid);
  expect([await isLive(here.claims), await isLive(there.claims)]).toEqual([false, true]);
  expect(accounts.ended).toHaveLength(1);
});

test('of twenty refreshes at once one wins, and the others end the session', async () => {
  const outcome = await outcomesOf(Array.from({ length: 20 }, () => refresh(here.refreshToken)));
  expect(outcome).toEqual({ done: 1, codes: ['auth.invalid_refresh_token'] });
  expect(accounts.ended).toEqual([{ userId: user.id, sessionIds: [here.actor.sessionId] }]);
  expect(await isLive(here.claims)).toBe(false);
});

test('what never was a refresh token is refused, and nothing else happens', async () => {
  const [sessionId, secret] = here.refreshToken.split('.');
  const unknown = '00000000-0000-4000-8000-000000000000';
  for (const token of ['', 'nonsense', `${sessionId}.`, `${sessionId}.x`, `${unknown}.${secret}`, here.accessToken]) {
    await expect(refresh(token)).rejects.toMatchObject(invalid);
  }
  await expect(refresh(`${here.refreshToken}\n`)).rejects.toMatchObject(invalid);
  expect(accounts.ended).toEqual([]);
  await refresh(here.refreshToken);
});

test('an expired session can not be refreshed', async () => {
  accounts.letPass(31 * 24 * 60 * 60 * 1000);
  await expect(refresh(here.refreshToken)).rejects.toMatchObject(invalid);
});

test('logging out ends this session, or all; twice does no harm', async () => {
  await accounts.get(LogOut).execute(here.actor, {});
  await accounts.get(LogOut).execute(here.actor, {});
  expect([await isLive(here.claims), await isLive(there.claims)]).toEqual([false, true]);
  await expect(refresh(here.refreshToken)).rejects.toMatchObject(invalid);

  const third = await accounts.logIn(user);
  await accounts.get(LogOut).execute(there.actor, { all: true });
  expect([await isLive(there.claims), await isLive(third.claims)]).toEqual([false, false]);
  expect(new Set(accounts.ended.at(-1)?.sessionIds)).toEqual(new Set([there.actor.sessionId, third.actor.sessionId]));
});

test('one sees where one is logged in, and ends one of them', async () => {
  const page = await accounts.get(ListSessions).execute(here.actor, PAGE);
  expect(page).toMatchObject({ total: 2, pages: 1 });
  expect(page.items.find(({ isCurrent }) => isCurrent)?.id).toBe(here.actor.sessionId);
  expect(JSON.stringify(page)).not.toMatch(/hash/i);

  const end = (actor: LoggedIn['actor'], id: string) => accounts.get(EndSession).execute(actor, id);
  const stranger = await accounts.logIn(await accounts.register());
  for (const [actor, id] of [
    [stranger.actor, there.actor.sessionId],
    [here.actor, 'made-up'],
  ] as const) {
    await expect(end(actor, id)).rejects.toMatchObject({ kind: 'not_found', code: 'session.not_found' });
  }
  await end(here.actor, there.actor.sessionId);
  expect(accounts.ended).toEqual([{ userId: user.id, sessionIds: [there.actor.sessionId] }]);
  expect([await isLive(here.claims), await isLive(there.claims)]).toEqual([true, false]);
  await expect(end(here.actor, there.actor.sessionId)).rejects.toMatchObject({ code: 'session.not_found' });
});

test('an end is published only once it is committed', async () => {
  const seen: unknown[] = [];
  accounts.get(EventBus).on(SessionsEnded, ({ sessionIds }) => {
    for (const id of sessionIds) {
      seen.push(accounts.database.reads.findOneByOrFail(SessionEntity, { id }).then(({ endedAt }) => endedAt));
    }
  });
  await accounts.get(LogOut).execute(here.actor, { all: true });
  expect(await Promise.all(seen)).toEqual([expect.any(Date), expect.any(Date)]);
});

test('what was read before an end is not remembered after it', async () => {
  const repository = accounts.get(SessionsRepository);
  const findLive = repository.findLive.bind(repository);
  jest.spyOn(repository, 'findLive').mockImplementationOnce(async (id, now) => {
    const read = await findLive(id, now);
    await accounts.get(LogOut).execute(here.actor, {});
    return read;
  });
  await isLive(here.claims);
  expect(await isLive(here.claims)).toBe(false);
});

test('looking a session up again does not ask the database', async () => {
  await isLive(here.claims);
  const find = jest.spyOn(accounts.database.reads, 'findOneBy');
  for (let n = 0; n < 10; n++) expect(await isLive(here.claims)).toBe(true);
  expect(find).not.toHaveBeenCalled();
});
