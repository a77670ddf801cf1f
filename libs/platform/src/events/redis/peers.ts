/** How often each node says that it is there. */
export const BEAT_MS = 1000;
const SILENT_AFTER_MS = 3000;
/** A node that said no farewell may have died: nobody waits for it for ever. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;
const MAX_PEERS = 1000;

/**
 * The other nodes, as far as they are heard. One that falls silent without a farewell may be cut off from Redis and go
 * on with its work all the same: what it does then is not heard here, though this node's own link is well.
 */
export class Peers {
  private readonly heardAtMs = new Map<string, number>();
  private readonly silent = new Set<string>();

  /** @param onChange is called when `areHeard` has changed */
  constructor(private readonly onChange: () => void) {}

  get areHeard(): boolean {
    return this.silent.size === 0;
  }

  /** @param isLeaving true with a node's farewell */
  heard(node: string, isLeaving: boolean): void {
    const isFull = this.heardAtMs.size >= MAX_PEERS && !this.heardAtMs.has(node);
    if (!isLeaving && !isFull) this.heardAtMs.set(node, performance.now());
    if (isLeaving) this.heardAtMs.delete(node);
    this.update(() => this.silent.delete(node));
  }

  /** This node's own link was lost: nobody could be heard. */
  startAnew(): void {
    for (const node of this.heardAtMs.keys()) this.heardAtMs.set(node, performance.now());
    this.silent.clear();
  }

  /** To be called about once a second while the link is well. */
  check(): void {
    this.update(() => {
      for (const [node, heardAtMs] of this.heardAtMs) {
        const silentMs = performance.now() - heardAtMs;
        if (silentMs > SILENT_AFTER_MS) this.silent.add(node);
        if (silentMs > FORGOTTEN_AFTER_MS && this.heardAtMs.delete(node)) this.silent.delete(node);
      }
    });
  }

  private update(change: () => void): void {
    const were = this.areHeard;
    change();
    if (were !== this.areHeard) this.onChange();
  }
}
