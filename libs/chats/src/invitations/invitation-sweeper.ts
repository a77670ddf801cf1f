import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { AcceptInvitations } from './accept-invitations';
import { InvitationsRepository } from './invitations.repository';

const EVERY_MS = 10 * 60 * 1000;
const BATCH_SIZE = 200;

/** Accepts the invitations whose owners a crash or an overload has kept waiting: at the start, and now and then. */
@Injectable()
export class InvitationSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(InvitationSweeper.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly acceptInvitations: AcceptInvitations,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.timer = setInterval(() => void this.sweep(), EVERY_MS).unref();
    await this.sweep();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** Asked again while it runs, it is the same run. Never rejects: the next run does what this one could not. */
  sweep(): Promise<void> {
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(): Promise<void> {
    let after = '';
    try {
      while (!this.isStopping) {
        const owned = await this.invitations.findOwned({ after, limit: BATCH_SIZE });
        for (const { userId, email } of owned) await this.accept(userId, email);
        if (owned.length < BATCH_SIZE) return;
        after = owned.at(-1)?.email ?? after;
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'could not look for invitations');
    }
  }

  /** One that fails hinders no other. */
  private async accept(userId: number, email: string): Promise<void> {
    await this.acceptInvitations.execute(userId, email).catch((error: unknown) => {
      this.logger.warn({ err: error, userId }, 'an invitation could not be accepted');
    });
  }
}
