import { Limit, MemoryRateLimits, NoRateLimits, RateLimited, RateLimits } from '@app/platform';

const limit: Limit = { name: 'test', points: 3, seconds: 60, sentence: 'Too many tests.' };

async function use(limits: RateLimits, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await limits.consume(limit, key);
}

describe('MemoryRateLimits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('counts down and then refuses, with the seconds to wait', async () => {
    const limits = new MemoryRateLimits();
    expect(await limits.consume(limit, 'alice')).toEqual({ limit, remaining: 2, resetSeconds: 60 });
    await use(limits, 'alice', 2);
    const refusal = await limits.consume(limit, 'alice').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimited);
    expect(refusal).toMatchObject({ kind: 'rate_limited', retryAfterSeconds: 60 });
    expect(refusal).toMatchObject({ message: 'Too many tests. Try again in 60 s.' });
  });

  it('never says to wait 0 seconds', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 3);
    jest.advanceTimersByTime(59_900);
    await expect(limits.consume(limit, 'alice')).rejects.toMatchObject({ retryAfterSeconds: 1 });
  });

  it('starts anew when the window has passed', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 3);
    jest.advanceTimersByTime(60_001);
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('counts each key and each limit by itself', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 3);
    expect(await limits.consume(limit, 'bob')).toMatchObject({ remaining: 2 });
    expect(await limits.consume({ ...limit, name: 'other' }, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('looks without taking', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 2);
    await limits.require(limit, 'alice');
    await limits.require(limit, 'alice');
    await use(limits, 'alice', 1);
    await expect(limits.require(limit, 'alice')).rejects.toBeInstanceOf(RateLimited);
  });

  it('takes a point back, but never gives more than there were', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 3);
    await limits.giveBack(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 0 });
    for (let time = 0; time < 9; time++) await limits.giveBack(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('forgets what was used when told so', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'alice', 3);
    await limits.reset(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('keeps a bounded number of keys: the busy ones', async () => {
    const limits = new MemoryRateLimits();
    await use(limits, 'idle', 1);
    await use(limits, 'busy', 1);
    for (let stranger = 0; stranger < 99_999; stranger++) await limits.consume(limit, `stranger ${stranger}`);
    expect(await limits.consume(limit, 'busy')).toMatchObject({ remaining: 1 });
    expect(await limits.consume(limit, 'idle')).toMatchObject({ remaining: 2 });
    expect(jest.getTimerCount()).toBe(100_000);
  });
});

describe('NoRateLimits', () => {
  it('refuses nothing', async () => {
    const limits: RateLimits = new NoRateLimits();
    await use(limits, 'alice', 10);
    await limits.require(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 3 });
  });
});
