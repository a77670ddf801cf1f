/**
 * Keeps the event loop turning, so that the sockets are polled and never slept on: a client that sleeps between frames
 * is woken by each one, at the expense of a server that writes frame by frame. And measures how busy this process is
 * meanwhile: a turn in which nothing came and nothing was sent was spare.
 */
class LoadMeter {
  private worked = false;
  private spareMs = 0;
  private onTurn: () => void = () => undefined;
  private next: (turn: () => void) => void = setImmediate;

  /** To be called by whoever reads or writes. */
  noteWork(): void {
    this.worked = true;
  }

  /**
   * @param onTurn called in each turn, for what is to be done at a time
   * @param rests sleeps until something comes, for a millisecond at most: leaves the core to whoever shares it
   * @returns the task's result, and the share of the time (0 to 1) in which there was something to do
   */
  async during<Result>(
    task: () => Promise<Result>,
    onTurn: () => void = () => undefined,
    rests = false,
  ): Promise<{ result: Result; busy: number }> {
    this.spareMs = 0;
    this.onTurn = onTurn;
    this.next = rests ? (turn) => setTimeout(turn, 1) : setImmediate;
    const state = { isDone: false };
    const startedAt = performance.now();
    this.turn(startedAt, state);
    try {
      const result = await task();
      return { result, busy: 1 - this.spareMs / (performance.now() - startedAt) };
    } finally {
      state.isDone = true;
    }
  }

  private turn(lastAt: number, state: { isDone: boolean }): void {
    if (state.isDone) return;
    const now = performance.now();
    if (!this.worked) this.spareMs += now - lastAt;
    this.worked = false;
    this.onTurn();
    this.next(() => this.turn(now, state));
  }
}

export const loadMeter = new LoadMeter();
