import { loadConfig, ServiceBusy } from '@app/platform';
import { PasswordHasher } from '../../libs/users/src/passwords/password-hasher';
import { makeTempFolder } from '../support/temp-folder';

let hasher: PasswordHasher;
beforeEach(() => {
  hasher = new PasswordHasher(loadConfig({ DATA_DIR: makeTempFolder(), BCRYPT_COST: '4' }));
});
afterEach(() => hasher.onApplicationShutdown());

test('a password matches its own hash only', async () => {
  const hash = await hasher.hash('correct horse battery');
  expect(hash).toMatch(/^\$2b\$04\$.{53}$/);
  expect(await hasher.compare('correct horse battery', hash)).toBe(true);
  expect(await hasher.compare('correct horse battery!', hash)).toBe(false);
  expect(await hasher.hash('correct horse battery')).not.toBe(hash);
});

test('nothing matches without a hash', async () => {
  for (const password of ['', 'anything', 'x'.repeat(100)]) expect(await hasher.compare(password, null)).toBe(false);
});

test('what does not fit into the queue is refused at once, and the rest is done', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 500 }, () => hasher.compare('a', null)));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused.length).toBeGreaterThan(100);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(ServiceBusy);
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(64);
});

test('the event loop goes on while passwords are hashed', async () => {
  const costly = new PasswordHasher(loadConfig({ DATA_DIR: makeTempFolder(), BCRYPT_COST: '10' }));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await Promise.all(Array.from({ length: 4 }, () => costly.hash('correct horse battery')));
  clearInterval(timer);
  await costly.onApplicationShutdown();
  expect(turns).toBeGreaterThan(20);
});

test('when the server stops, what waits is told so', async () => {
  const waiting = Array.from({ length: 10 }, () => hasher.hash('correct horse battery'));
  const outcomes = Promise.allSettled(waiting);
  await hasher.onApplicationShutdown();
  const codes = (await outcomes).map((outcome) => {
    return outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'done';
  });
  expect([...new Set(codes)].filter((code) => code !== 'done')).toEqual(['service.stopping']);
  await expect(hasher.hash('too late')).rejects.toMatchObject({ code: 'service.stopping' });
});

test('a result that comes after the end does no harm', async () => {
  for (let n = 0; n < 3; n++) {
    const one = new PasswordHasher(loadConfig({ DATA_DIR: makeTempFolder(), BCRYPT_COST: '6' }));
    await one.hash('correct horse battery');
    const late = one.hash('correct horse battery').catch(() => undefined);
    // Long enough for the thread to have answered, which this one has not noticed yet.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    await one.onApplicationShutdown();
    await late;
  }
}, 60_000);
