import { Limit, RateLimited, RateLimits } from '@app/platform';
import { eventually } from '../../support/wait';

/** Each test has limits of its own: what is counted may outlive it. */
let count = 0;
export const makeLimit = (limit: Partial<Limit> = {}): Limit => {
  return { name: `test-${process.pid}-${++count}`, points: 3, seconds: 60, sentence: 'Too many tests.', ...limit };
};

export async function use(limits: RateLimits, limit: Limit, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await limits.consume(limit, key);
}

/** What everything that counts promises; run against each adapter. */
export function testRateLimits(open: () => Promise<RateLimits>): void {
  let limits: RateLimits;
  let limit: Limit;
  beforeEach(async () => {
    limits = await open();
    limit = makeLimit();
  });

  it('counts down and then refuses, with the seconds to wait', async () => {
    const first = await limits.consume(limit, 'alice');
    expect(first).toMatchObject({ limit, remaining: 2 });
    expect(first.resetSeconds).toBeGreaterThan(50);
    expect(first.resetSeconds).toBeLessThanOrEqual(60);
    await use(limits, limit, 'alice', 2);
    const refusal = await limits.consume(limit, 'alice').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimited);
    expect(refusal).toMatchObject({ kind: 'rate_limited' });
    expect((refusal as RateLimited).message).toMatch(/^Too many tests\. Try again in \d\d s\.$/);
  });

  it('starts anew when the window has passed', async () => {
    const short = makeLimit({ seconds: 1 });
    await use(limits, short, 'alice', 3);
    const isOpen = () =>
      limits.require(short, 'alice').then(
        () => true,
        () => false,
      );
    expect(await isOpen()).toBe(false);
    await eventually(isOpen, (is) => is);
    expect(await limits.consume(short, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('counts each key and each limit by itself', async () => {
    await use(limits, limit, 'alice', 3);
    expect(await limits.consume(limit, 'bob')).toMatchObject({ remaining: 2 });
    expect(await limits.consume(makeLimit(), 'alice')).toMatchObject({ remaining: 2 });
  });

  it('lets as many pass as there are points, however many come at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => limits.consume(limit, 'alice')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });

  it('looks without taking', async () => {
    await use(limits, limit, 'alice', 2);
    await limits.require(limit, 'alice');
    await limits.require(limit, 'alice');
    await use(limits, limit, 'alice', 1);
    await expect(limits.require(limit, 'alice')).rejects.toBeInstanceOf(RateLimited);
  });

  it('takes a point back, but never gives more than there were', async () => {
    await limits.giveBack(limit, 'alice');
    await use(limits, limit, 'alice', 3);
    await limits.giveBack(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 0 });
    await Promise.all(Array.from({ length: 9 }, () => limits.giveBack(limit, 'alice')));
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 2 });
  });

  it('forgets what was used when told so', async () => {
    await use(limits, limit, 'alice', 3);
    await limits.reset(limit, 'alice');
    expect(await limits.consume(limit, 'alice')).toMatchObject({ remaining: 2 });
  });
}
