import { MemoryRateLimits, NoRateLimits, RateLimits } from '@app/platform';
import { makeLimit, testRateLimits, use } from './rate-limits.contract';

describe('MemoryRateLimits', () => {
  testRateLimits(async () => new MemoryRateLimits());

  describe('as time passes', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    it('never says to wait 0 seconds', async () => {
      const limits = new MemoryRateLimits();
      const limit = makeLimit();
      await use(limits, limit, 'alice', 3);
      jest.advanceTimersByTime(59_900);
      await expect(limits.consume(limit, 'alice')).rejects.toMatchObject({ retryAfterSeconds: 1 });
    });

    it('keeps a bounded number of keys: the busy ones', async () => {
      const limits = new MemoryRateLimits();
      const limit = makeLimit();
      await use(limits, limit, 'idle', 1);
      await use(limits, limit, 'busy', 1);
      for (let stranger = 0; stranger < 99_999; stranger++) await limits.consume(limit, `stranger ${stranger}`);
      expect(await limits.consume(limit, 'busy')).toMatchObject({ remaining: 1 });
      expect(await limits.consume(limit, 'idle')).toMatchObject({ remaining: 2 });
      expect(jest.getTimerCount()).toBe(100_000);
    });
  });
});

describe('NoRateLimits', () => {
  it('refuses nothing', async () => {
    const limits: RateLimits = new NoRateLimits();
    const limit = makeLimit();
    await use(limits, limit, 'alice', 10);
    await limits.require(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 3 });
  });
});
