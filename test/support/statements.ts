import type { DataSource } from 'typeorm';

/** What is asked of the databases of this process: every statement, those that begin and end transactions too. */
export class Statements {
  private readonly spy: jest.SpyInstance;

  constructor(dataSource: DataSource) {
    const runner = dataSource.createQueryRunner();
    this.spy = jest.spyOn(Object.getPrototypeOf(runner) as typeof runner, 'query');
  }

  /** The fewest in a few runs: now and then one claims numbers for many that come later. */
  async fewest(work: () => Promise<unknown>): Promise<number> {
    let fewest = Infinity;
    for (let run = 0; run < 4; run++) {
      this.spy.mockClear();
      await work();
      fewest = Math.min(fewest, this.spy.mock.calls.length);
    }
    return fewest;
  }

  /** What the last run asked. */
  get last(): string[] {
    return this.spy.mock.calls.map(([sql]: [string]) => sql.replace(/\s+/g, ' ').slice(0, 150));
  }

  stop(): void {
    this.spy.mockRestore();
  }
}
