/** What a scenario has opened; closed in reverse order, however the scenario ends. */
export class Scope {
  private readonly closers: (() => unknown)[] = [];

  onClose(close: () => unknown): void {
    this.closers.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.closers.pop(); close; close = this.closers.pop()) await close();
  }
}
