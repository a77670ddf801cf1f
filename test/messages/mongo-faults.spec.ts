import { StoreProbes, StoreUnavailable } from '@app/platform';
import { describeIfThere, makeMongoDatabase, MongoServer } from '../support/servers';
import { eventually, within } from '../support/wait';
import { Chatter, configOf, openMessages } from './chatter';

const BUILD_TIMEOUT_MS = 600_000;
/** What the product promises, with its default settings. */
const REFUSED_WITHIN_MS = 5000;
const BACK_WITHIN_MS = 15_000;
/** Once it is known that MongoDB is lost. */
const AT_ONCE_MS = 500;

describeIfThere(['mongo'], 'when MongoDB fails', () => {
  const server = new MongoServer();
  let chatter: Chatter;
  beforeAll(async () => {
    await server.start();
    const { settings } = await makeMongoDatabase(server.url);
    // Without a cache, so that reads need it.
    chatter = await Chatter.open({ ...settings, BODY_CACHE_BYTES: '0' });
  }, BUILD_TIMEOUT_MS);
  afterAll(async () => {
    await chatter.close();
    await server.stop();
  });

  const acknowledged: string[] = [];
  const send = async (content: string) => {
    await chatter.send(content);
    acknowledged.push(content);
  };
  const isRefused = (attempt: Promise<unknown>, patienceMs: number) =>
    within(patienceMs, expect(attempt).rejects.toThrow(StoreUnavailable), 'a refusal');
  const requireAllThere = async () => {
    const shown = (await chatter.list()).map(({ content }) => content);
    expect(shown.reverse()).toEqual(acknowledged);
  };
  const untilBack = () =>
    eventually(
      () => chatter.list().catch((error: unknown) => error),
      (outcome) => Array.isArray(outcome),
      BACK_WITHIN_MS,
    );
  const probe = () => {
    const found = chatter
      .get(StoreProbes)
      .list()
      .find(({ name }) => name === 'bodies');
    if (!found) throw new Error('nobody probes the bodies');
    return found;
  };

  it('and says nothing, who writes or reads is told within seconds, the next ones at once', async () => {
    await send('before the pause');
    await probe().ask();
    server.pause();
    await Promise.all([
      isRefused(chatter.send('never'), REFUSED_WITHIN_MS),
      isRefused(chatter.list(), REFUSED_WITHIN_MS),
      expect(within(REFUSED_WITHIN_MS, probe().ask(), 'a sign of life')).rejects.toThrow(/no answer/),
    ]);
    await isRefused(chatter.send('never'), AT_ONCE_MS);
    await isRefused(chatter.list(), AT_ONCE_MS);
    server.resume();
    expect(await untilBack()).toHaveLength(1);
    await send('after the pause');
    await probe().ask();
    await requireAllThere();
  });

  it('and is killed, all that was acknowledged is there when it is back, without a restart of ours', async () => {
    await send('before the end');
    await server.kill();
    await isRefused(chatter.send('never'), REFUSED_WITHIN_MS);
    await isRefused(chatter.list(), REFUSED_WITHIN_MS);
    await expect(within(REFUSED_WITHIN_MS, probe().ask(), 'a sign of life')).rejects.toThrow();
    await server.restart();
    await untilBack();
    await send('after the end');
    await requireAllThere();
  });

  it('for a moment in the middle of many sends, each of them is there or was refused', async () => {
    const before = acknowledged.length;
    const sends = Array.from({ length: 60 }, (_, index) => `many ${index}`);
    const attempts: Promise<unknown>[] = [];
    for (const content of sends) {
      if (attempts.length === 20) void server.restart();
      const attempt = send(content).catch((error: unknown) => error);
      attempts.push(attempt);
      await Promise.race([attempt, new Promise((resolve) => setImmediate(resolve))]);
    }
    const outcomes = await within(20_000, Promise.all(attempts), 'all answers');
    for (const outcome of outcomes) if (outcome !== undefined) expect(outcome).toMatchObject({ kind: 'unavailable' });
    await untilBack();
    await send('at last');
    expect(acknowledged.length).toBeGreaterThan(before);
    await requireAllThere();
  });

  it('at the start, it is said which setting to look at, and no secret', async () => {
    const start = (url: string) => openMessages(configOf({ MONGODB_URL: url, STORE_TIMEOUT_MS: '500' }));
    const nobody = start('mongodb://chat:s3cret@127.0.0.1:1/chat?authSource=admin');
    await expect(nobody).rejects.toThrow(
      /^MONGODB_URL names mongodb:\/\/127\.0\.0\.1:1, which can not be used: .*ECONNREFUSED/,
    );
    await expect(nobody).rejects.not.toThrow('s3cret');
    await expect(start('mongodb://chat:s3c@ret@:x/?w')).rejects.not.toThrow('s3c');
  });
});
