import { Injectable } from '@nestjs/common';
import { BackgroundWork } from '@app/platform';
import { AcceptInvitations } from './accept-invitations';
import { InvitationsRepository } from './invitations.repository';

const EVERY_MS = 10 * 60 * 1000;
const BATCH_SIZE = 200;

/** Accepts the invitations whose owners a crash or an overload has kept waiting: at the start, and now and then. */
@Injectable()
export class InvitationSweeper extends BackgroundWork {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly acceptInvitations: AcceptInvitations,
  ) {
    super({ everyMs: EVERY_MS, first: 'before serving' });
  }

  protected async run(): Promise<void> {
    let after = '';
    while (!this.isStopping) {
      const owned = await this.invitations.findOwned({ after, limit: BATCH_SIZE });
      for (const { userId, email } of owned) await this.accept(userId, email);
      if (owned.length < BATCH_SIZE) return;
      after = owned.at(-1)?.email ?? after;
    }
  }

  /** One that fails hinders no other. */
  private async accept(userId: number, email: string): Promise<void> {
    await this.acceptInvitations.execute(userId, email).catch((error: unknown) => {
      this.logger.warn({ err: error, userId }, 'an invitation could not be accepted');
    });
  }
}
