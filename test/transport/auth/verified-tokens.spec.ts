import { JwtService } from '@nestjs/jwt';
import { loadConfig } from '@app/platform';
import { InvalidToken, Sessions } from '@app/users';
import { Strategy } from 'passport-jwt';
import { TokenAuthenticator, TokenSources } from '../../../apps/server/src/transport/auth';
import { JwtStrategy } from '../../../apps/server/src/transport/auth/jwt.strategy';
import { makeTempFolder } from '../../support/temp-folder';

const SECRET_KEY = 'a secret of this test, as long as it has to be';
const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), SECRET_KEY });
const actor = { userId: 1, sessionId: 'a session' };
const requireActor = jest.fn<Promise<typeof actor>, [unknown]>(async () => actor);
const requireLive = jest.fn<Promise<void>, [typeof actor]>(async () => undefined);
const sessions = { requireActor, requireLive } as unknown as Sessions;
const authenticator = new TokenAuthenticator(new JwtStrategy(config, new TokenSources(), sessions));

/** What looks at signatures; replaceable for tests, as its documentation says. */
const verify = jest.spyOn(Strategy as unknown as { JwtVerifier: (...given: never[]) => void }, 'JwtVerifier');

const issue = (name: string, expiresIn: number, secret = SECRET_KEY) =>
  new JwtService({ secret }).sign({ sub: '1', sid: actor.sessionId, name }, { expiresIn });

afterEach(() => jest.useRealTimers());
beforeEach(() => jest.clearAllMocks());

it('verifies a token once, and asks for its session every time', async () => {
  const token = issue('used twice', 60);
  await expect(authenticator.authenticate(token)).resolves.toEqual(actor);
  await expect(authenticator.authenticate(`Bearer ${token}`)).resolves.toEqual(actor);
  expect(verify).toHaveBeenCalledTimes(1);
  expect(requireActor.mock.calls).toEqual([[expect.objectContaining({ name: 'used twice' })]]);
  expect(requireLive.mock.calls).toEqual([[actor]]);
});

it('refuses a token that was good before, once its session has ended', async () => {
  const token = issue('its session ends', 60);
  await authenticator.authenticate(token);
  requireLive.mockRejectedValueOnce(new InvalidToken());
  await expect(authenticator.authenticate(token)).rejects.toMatchObject({ code: 'auth.invalid_token' });
});

it('refuses a token that was good before, from the second on in which it expires', async () => {
  jest.useFakeTimers({ now: Date.parse('2026-11-21T12:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  const token = issue('expires', 60);
  await authenticator.authenticate(token);
  jest.setSystemTime(Date.parse('2026-11-21T12:00:59.999Z'));
  await expect(authenticator.authenticate(token)).resolves.toEqual(actor);
  jest.setSystemTime(Date.parse('2026-11-21T12:01:00Z'));
  await expect(authenticator.authenticate(token)).rejects.toMatchObject({ code: 'auth.expired_token' });
});

it('knows only the very token: with another signature, or other claims, it is verified and refused', async () => {
  const [head, claims, signature] = issue('good', 60).split('.');
  const [, otherClaims] = issue('other', 60).split('.');
  await authenticator.authenticate(`${head}.${claims}.${signature}`);
  const forged = [issue('good', 60, 'the secret of somebody else'), `${head}.${otherClaims}.${signature}`];
  for (const token of forged) {
    await expect(authenticator.authenticate(token)).rejects.toMatchObject({ code: 'auth.invalid_token' });
    // Neither is it remembered.
    await expect(authenticator.authenticate(token)).rejects.toMatchObject({ code: 'auth.invalid_token' });
  }
  expect(verify).toHaveBeenCalledTimes(5);
});
