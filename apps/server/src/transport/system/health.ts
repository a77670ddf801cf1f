import { Injectable, Logger } from '@nestjs/common';
import { StoreProbe, StoreProbes } from '@app/platform';

/** How long a store may take to answer before it counts as down. */
const PROBE_TIMEOUT_MS = 2000;

export interface StoreHealth {
  readonly kind: string;
  readonly status: 'ok' | 'error';
  readonly latency_ms: number;
}

/** Metadata and bodies always stand somewhere; the bus is there if several nodes are, and files if a store has them. */
type StoresHealth = Record<'metadata' | 'bodies', StoreHealth> & Partial<Record<'bus' | 'files', StoreHealth>>;

export interface HealthReport {
  /** `degraded`: a store is down without which most things work; `error`: one without which nothing does. */
  readonly status: 'ok' | 'degraded' | 'error';
  readonly stores: StoresHealth;
}

/** Asks the stores for a sign of life. Questions that come at once share one answer, so that asking costs nothing. */
@Injectable()
export class Health {
  private readonly logger = new Logger(Health.name);
  private underWay: Promise<HealthReport> | undefined;

  constructor(private readonly probes: StoreProbes) {}

  check(): Promise<HealthReport> {
    this.underWay ??= this.probeAll().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async probeAll(): Promise<HealthReport> {
    const probes = this.probes.list();
    const found = await Promise.all(probes.map((probe) => this.probe(probe)));
    const down = probes.filter((_probe, index) => found[index]?.status !== 'ok');
    const status = down.length === 0 ? 'ok' : down.some(({ isVital }) => isVital) ? 'error' : 'degraded';
    const stores = Object.fromEntries(probes.map(({ name }, index) => [name, found[index]]));
    return { status, stores: stores as unknown as StoresHealth };
  }

  private async probe({ name, kind, ask }: StoreProbe): Promise<StoreHealth> {
    const startedAt = performance.now();
    const latency = () => Math.round((performance.now() - startedAt) * 10) / 10;
    try {
      await withTimeout(ask());
      return { kind, status: 'ok', latency_ms: latency() };
    } catch (error) {
      this.logger.warn({ err: error, store: name }, 'a store does not answer');
      return { kind, status: 'error', latency_ms: latency() };
    }
  }
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_TIMEOUT_MS} ms`)), PROBE_TIMEOUT_MS);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
