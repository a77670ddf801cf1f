import { Injectable } from '@nestjs/common';

/** Something outside the process that the service stands on, and how it is asked for a sign of life. */
export interface StoreProbe {
  /** As `/health` names it. */
  readonly name: 'metadata' | 'bodies' | 'bus' | 'files';
  /** What it is: `SQLite`, `MySQL`, `MongoDB`, `Redis`, `S3`. */
  readonly kind: string;
  /** True if nothing can be served without it; else the service is degraded. */
  readonly isVital: boolean;
  /** Rejects if it can't serve. Whoever asks bounds the time. */
  readonly ask: () => Promise<void>;
}

/** The stores of this process, as their adapters announce them. */
@Injectable()
export class StoreProbes {
  private readonly probes = new Map<string, StoreProbe>();

  add(probe: StoreProbe): void {
    this.probes.set(probe.name, probe);
  }

  list(): readonly StoreProbe[] {
    return [...this.probes.values()];
  }
}
