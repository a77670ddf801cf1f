/** What a scenario has opened; closed in reverse order, however the scenario ends. */
export class Scope {
  private readonly closers: (() => unknown)[] = [];
  private isClosed = false;

  /** What is opened by somebody who has not noticed the end is closed at once. */
  onClose(close: () => unknown): void {
    if (this.isClosed) void close();
    else this.closers.push(close);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (let close = this.closers.pop(); close; close = this.closers.pop()) await close();
  }
}
