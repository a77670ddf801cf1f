import { Mutex } from '@app/platform';

describe('Mutex', () => {
  it('runs one at a time, in the order of asking', async () => {
    const mutex = new Mutex();
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise(setImmediate);
      steps.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([mutex.run(work('a')), mutex.run(work('b')), mutex.run(work('c'))])).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('goes on after a failure, which reaches only the one who asked', async () => {
    const mutex = new Mutex();
    const failing = mutex.run(async () => {
      throw new Error('no');
    });
    const next = mutex.run(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
