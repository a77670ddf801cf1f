import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectStatus, request } from '../support/api';
import { newGroup, newPerson, Person, send } from '../support/people';
import { failToStart, Server, startServer } from '../support/server';
import { closeSockets, openRaw, openSocketIo, refusal } from '../support/sockets';

const LONG_KEY = 'a secret key of more than 32 characters';

describe('configuration', () => {
  let server: Server | undefined;
  afterEach(closeSockets);
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });

  const start = async (environment: Record<string, string | undefined>) => (server = await startServer(environment));

  test('nothing needs to be configured', async () => {
    const unset = { NODE_ENV: undefined, HOST: undefined, DATA_DIR: undefined, BCRYPT_COST: undefined };
    const started = await start({ ...unset, RATE_LIMITS: undefined, LOG_LEVEL: undefined });
    const ann = await newPerson(started);
    await send(ann, await newGroup(ann, []), 'it works');
    expect(started.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const key = join(started.nodes[0].home, 'data', 'secret.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8').length).toBeGreaterThanOrEqual(32);
  });

  test('every wrong value is refused before anything listens: by name, with what was given', async () => {
    const wrong = {
      NODE_ENV: 'staging',
      PORT: 'eighty',
      ALGORITHM: 'none',
      ACCESS_TOKEN_EXPIRE_MINUTES: '0',
      REFRESH_TOKEN_EXPIRE_DAYS: '-1',
      BCRYPT_COST: '3',
      CORS_ORIGINS: 'example.org/path',
      TRUST_PROXY: 'the one outside',
      LOG_LEVEL: 'loud',
      RATE_LIMITS: 'maybe',
      LIMIT_MESSAGES_PER_SECOND: '0.5',
    };
    const { code, output } = await failToStart(wrong);
    expect(code).toBeGreaterThan(0);
    for (const [name, given] of Object.entries(wrong)) {
      const line = output.split('\n').find((one) => one.includes(name));
      expect(line).toContain(given);
    }
    expect(output).not.toMatch(/listening|\.[jt]s:\d+/);
  });

  test('production wants a key of its own', async () => {
    const { code, output } = await failToStart({ NODE_ENV: 'production', BCRYPT_COST: '10' });
    expect(code).toBeGreaterThan(0);
    expect(output).toMatch(/SECRET_KEY.*32 characters/);
    const short = await failToStart({ NODE_ENV: 'production', BCRYPT_COST: '10', SECRET_KEY: 'short-and-secret' });
    expect(short.code).toBeGreaterThan(0);
    expect(short.output).toMatch(/SECRET_KEY/);
    expect(short.output).not.toContain('short-and-secret');
    await start({ NODE_ENV: 'production', BCRYPT_COST: '10', SECRET_KEY: LONG_KEY });
  });

  test('an address of a store that is none is refused, and may be secret', async () => {
    const { code, output } = await failToStart({ MONGODB_URL: 'ann:secret@host', REDIS_URL: 'ann:secret@host' });
    expect(code).toBeGreaterThan(0);
    for (const name of ['MONGODB_URL', 'REDIS_URL']) expect(output).toContain(name);
    expect(output).not.toContain('secret@');
  });

  test('a short key is enough while nothing depends on it, as in the examples of the source documents', async () => {
    const started = await start({ SECRET_KEY: 'your-secret-key-here' });
    expectStatus(await (await newPerson(started)).api.get('/users/me'), 200);
  });

  test('the names of the source documents work, with a word about the new ones', async () => {
    const started = await start({ JWT_SECRET: LONG_KEY, JWT_ALGO: 'HS256', DEBUG: 'True', LOG_LEVEL: undefined });
    const ann = await newPerson(started);
    const output = started.logs.text();
    for (const name of ['SECRET_KEY', 'ALGORITHM', 'LOG_LEVEL']) expect(output).toContain(name);
    expect(started.logs.lines.some(({ level }) => level === 20)).toBe(true);
    await started.restart({ environment: { JWT_SECRET: undefined, SECRET_KEY: LONG_KEY } });
    expectStatus(await ann.api.get('/users/me'), 200);
  });

  test('a .env file in the working directory is read, and the environment goes before it', async () => {
    server = new Server({ ACCESS_TOKEN_EXPIRE_MINUTES: undefined, REFRESH_TOKEN_EXPIRE_DAYS: '2' });
    writeFileSync(join(server.nodes[0].home, '.env'), 'ACCESS_TOKEN_EXPIRE_MINUTES=7\nREFRESH_TOKEN_EXPIRE_DAYS=1\n');
    await server.start();
    expect(lifetimeSeconds(await newPerson(server))).toBe(7 * 60);
  });

  test('the generated key is kept, so that people stay logged in', async () => {
    const started = await start({});
    const ann = await newPerson(started);
    await started.restart();
    expectStatus(await ann.api.get('/users/me'), 200);
  });

  test('a second server on the same data is refused and does the first no harm', async () => {
    const started = await start({});
    const { code, output } = await failToStart({ DATA_DIR: started.nodes[0].dataDir });
    expect(code).toBeGreaterThan(0);
    expect(output).toContain('DATA_DIR');
    await newPerson(started);
  });

  test('data that another user may not write says so', async () => {
    server = new Server({});
    writeFileSync(join(server.nodes[0].home, 'a file'), '');
    const { code, output } = await failToStart({ DATA_DIR: join(server.nodes[0].home, 'a file') });
    expect(code).toBeGreaterThan(0);
    expect(output).toContain('a file');
    await server.remove();
    server = undefined;
  });

  test.each(['RS256', 'ES256'])('%s signs with a key pair', async (algorithm) => {
    server = new Server();
    const keys = join(server.nodes[0].home, 'keys');
    mkdirSync(keys);
    const { privateKey, publicKey } =
      algorithm === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(join(keys, 'private.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(keys, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    await server.start({
      ALGORITHM: algorithm,
      JWT_PRIVATE_KEY_FILE: join(keys, 'private.pem'),
      JWT_PUBLIC_KEY_FILE: join(keys, 'public.pem'),
    });
    const ann = await newPerson(server);
    expect(Buffer.from(ann.token.split('.')[0] ?? '', 'base64url').toString()).toContain(algorithm);
    expectStatus(await ann.api.get('/users/me'), 200);
  });

  test('a key pair that is not there is named', async () => {
    const none = await failToStart({ ALGORITHM: 'RS256' });
    expect(none.output).toContain('JWT_PRIVATE_KEY_FILE');
    const wrong = await failToStart({
      ALGORITHM: 'RS256',
      JWT_PRIVATE_KEY_FILE: 'x.pem',
      JWT_PUBLIC_KEY_FILE: 'y.pem',
    });
    expect(wrong.output).toContain('x.pem');
    expect(wrong.code).toBeGreaterThan(0);
  });

  test('only the origins that were named may call from a browser, by REST and by sockets', async () => {
    const [good, evil] = ['https://chat.example.org', 'https://evil.example.org'];
    const started = await start({ CORS_ORIGINS: `${good}, http://localhost:3000` });
    const ann = await newPerson(started);
    const chat = await newGroup(ann, []);
    const preflight = (origin: string) =>
      request('OPTIONS', `${started.url}/api/v1/messages/`, {
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,idempotency-key',
        },
      });
    expect((await preflight(good)).headers.get('access-control-allow-origin')).toBe(good);
    expect((await preflight(evil)).headers.get('access-control-allow-origin')).toBeNull();

    await openRaw(started, ann, chat.id, { headers: { origin: good } });
    await openSocketIo(started, ann, chat.id, { extraHeaders: { origin: good } });
    await openRaw(started, ann, chat.id, { headers: { origin: started.url } });
    await openSocketIo(started, ann, chat.id, { extraHeaders: { origin: started.url } });
    await refusal(openRaw(started, ann, chat.id, { headers: { origin: evil } }));
    await refusal(openSocketIo(started, ann, chat.id, { extraHeaders: { origin: evil } }));
  });
});

function lifetimeSeconds({ token }: Person): number {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, number>;
  return Number(claims.exp) - Number(claims.iat);
}
