import { availableParallelism } from 'node:os';
import { Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { Config, ServiceBusy, ServiceStopping } from '@app/platform';
import { Piscina } from 'piscina';
import { isHashable } from '../user-rules';
import type { PasswordTask } from './password-worker';

const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));
/** At cost 12 the last one in the queue waits for about a quarter of a minute. */
const MAX_WAITING = 64 * MAX_THREADS;
const IDLE_TIMEOUT_MS = 10_000;

/**
 * Hashes and compares passwords by bcrypt, in threads of low priority that only exist while there is work,
 * so that neither the event loop nor Node's own thread pool waits for it.
 */
@Injectable()
export class PasswordHasher implements OnApplicationShutdown {
  private readonly logger = new Logger(PasswordHasher.name);
  private readonly pool = new Piscina<PasswordTask, string | boolean>({
    // Beside this file, as it was built or as it was written.
    filename: require.resolve('./password-worker'),
    minThreads: 0,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_TIMEOUT_MS,
  });
  private readonly cost: number;
  private readonly nobodysHash: string;
  private isStopping = false;

  constructor(config: Config) {
    this.cost = config.values.BCRYPT_COST;
    this.nobodysHash = makeNobodysHash(this.cost);
    // Without a listener it would end the process; a result that comes after the end is of that kind, too.
    this.pool.on('error', (error: Error) => {
      if (!this.isStopping) this.logger.error({ err: error }, 'a thread that hashes passwords failed');
    });
  }

  /**
   * @param password one that keeps the rules
   * @throws ServiceBusy, ServiceStopping
   */
  async hash(password: string): Promise<string> {
    return String(await this.run({ do: 'hash', password, cost: this.cost }));
  }

  /**
   * True if it is the password. Takes the same time if there is no hash to compare with,
   * or if the password is one that bcrypt would cut: then it is wrong in any case.
   * @throws ServiceBusy, ServiceStopping
   */
  async compare(password: string, hash: string | null): Promise<boolean> {
    const isPossible = isHashable(password);
    const task = { do: 'compare', password: isPossible ? password : '', hash: hash ?? this.nobodysHash } as const;
    const isEqual = await this.run(task);
    return isPossible && hash !== null && isEqual === true;
  }

  /** After the last request was answered: what is still under way is given up. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.pool.destroy();
  }

  private async run(task: PasswordTask): Promise<string | boolean> {
    if (this.isStopping) throw new ServiceStopping();
    if (this.pool.queueSize >= MAX_WAITING) throw new ServiceBusy('Too many people are logging in right now.');
    try {
      return await this.pool.run(task);
    } catch (error) {
      if (this.isStopping) throw new ServiceStopping();
      throw error;
    }
  }
}

/** A well-formed hash that no password is known for; comparing with it costs what comparing with a real one costs. */
function makeNobodysHash(cost: number): string {
  const [saltLength, digestLength] = [22, 31];
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(saltLength + digestLength)}`;
}
