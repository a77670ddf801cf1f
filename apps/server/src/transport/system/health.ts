import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@app/database';

/** How long a store may take to answer before it counts as down. */
const PROBE_TIMEOUT_MS = 2000;

export interface StoreHealth {
  readonly status: 'ok' | 'error';
  readonly latency_ms: number;
}

export interface StoresHealth {
  readonly metadata: StoreHealth;
  readonly bodies: StoreHealth;
}

/** Asks the stores for a sign of life. Questions that come at once share one answer, so that asking costs nothing. */
@Injectable()
export class Health {
  private readonly logger = new Logger(Health.name);
  private underWay: Promise<StoresHealth> | undefined;

  constructor(private readonly database: Database) {}

  check(): Promise<StoresHealth> {
    this.underWay ??= this.probeAll().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /** With the embedded store the bodies stand beside the metadata: one probe speaks for both. */
  private async probeAll(): Promise<StoresHealth> {
    const metadata = await this.probe('metadata', () => this.database.ping());
    return { metadata, bodies: metadata };
  }

  private async probe(store: string, ask: () => Promise<void>): Promise<StoreHealth> {
    const startedAt = performance.now();
    const latency = () => Math.round((performance.now() - startedAt) * 10) / 10;
    try {
      await withTimeout(ask());
      return { status: 'ok', latency_ms: latency() };
    } catch (error) {
      this.logger.warn({ err: error, store }, 'a store does not answer');
      return { status: 'error', latency_ms: latency() };
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
