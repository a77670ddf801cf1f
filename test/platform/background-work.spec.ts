import { Logger } from '@nestjs/common';
import { BackgroundWork, Schedule, StoreUnavailable } from '@app/platform';
import { signal } from '../support/wait';

const EVERY_MS = 1000;

/** Each run waits until the test ends it. */
class Chores extends BackgroundWork {
  readonly runs: { end(): void; fail(error: Error): void }[] = [];

  constructor(first: Schedule['first'] = 'later') {
    super({ everyMs: EVERY_MS, first });
  }

  /** How far a long run has come when it is told to stop. */
  get isAskedToStop(): boolean {
    return this.isStopping;
  }

  protected run(): Promise<void> {
    return new Promise((end, fail) => this.runs.push({ end, fail }));
  }
}

/** Lets everything that is not waiting for a timer go on. */
const settle = async () => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

describe('work in the background', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('runs every so often, and not a second time while it runs', async () => {
    const chores = new Chores();
    await chores.onApplicationBootstrap();
    jest.advanceTimersByTime(EVERY_MS - 1);
    expect(chores.runs).toHaveLength(0);
    jest.advanceTimersByTime(1 + 5 * EVERY_MS);
    expect(chores.runs).toHaveLength(1);
    chores.runs[0]?.end();
    await settle();
    expect(chores.runs).toHaveLength(1);
    jest.advanceTimersByTime(EVERY_MS);
    expect(chores.runs).toHaveLength(2);
  });

  it.each(['before serving', 'at start'] as const)('runs at once when it comes first %s', async (first) => {
    const chores = new Chores(first);
    const served = signal<string>();
    void chores.onApplicationBootstrap().then(() => served.give('served'));
    await settle();
    expect(chores.runs).toHaveLength(1);
    const order = Promise.race([served.promise, settle().then(() => 'still waiting')]);
    expect(await order).toBe(first === 'at start' ? 'served' : 'still waiting');
    chores.runs[0]?.end();
    expect(await served.promise).toBe('served');
  });

  it('runs once more when it was asked meanwhile, however often, since what it has looked at may be old', async () => {
    const chores = new Chores();
    const asked = [chores.work(), chores.work(), chores.work()];
    const resting = jest.fn();
    void Promise.all(asked).then(resting);
    expect(chores.runs).toHaveLength(1);
    chores.runs[0]?.end();
    await settle();
    expect(chores.runs).toHaveLength(2);
    expect(resting).not.toHaveBeenCalled();
    chores.runs[1]?.end();
    await settle();
    expect(chores.runs).toHaveLength(2);
    expect(resting).toHaveBeenCalled();
  });

  it('goes on after a failure, and tells of those that nobody else tells of', async () => {
    jest.spyOn(Logger.prototype, 'debug').mockReturnValue();
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const chores = new Chores();
    for (const error of [new StoreUnavailable('The database'), new Error('a fault')]) {
      const done = chores.work();
      chores.runs.at(-1)?.fail(error);
      await done;
    }
    expect(warn.mock.calls).toEqual([[{ err: new Error('a fault') }, 'failed, and will be tried again']]);
    void chores.work();
    expect(chores.runs).toHaveLength(3);
  });

  it('lets the server stop when the run under way has ended, and begins no other', async () => {
    const chores = new Chores();
    await chores.onApplicationBootstrap();
    void chores.work();
    void chores.work();
    const stopped = jest.fn();
    void chores.beforeApplicationShutdown().then(stopped);
    await settle();
    expect(chores.isAskedToStop).toBe(true);
    expect(stopped).not.toHaveBeenCalled();
    chores.runs[0]?.end();
    await settle();
    expect(stopped).toHaveBeenCalled();
    await chores.work();
    expect(chores.runs).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
