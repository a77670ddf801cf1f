import { Injectable, Logger } from '@nestjs/common';
import type { User } from './user';

/** Told when an account has an e-mail address that it did not have before, after the commit. */
export type EmailOwnerListener = (owner: { readonly userId: number; readonly email: string }) => Promise<void>;

/**
 * Lets others do what an e-mail address was waiting for, before its new owner is answered.
 * A hint: what fails here, or is cut off by a crash, the listener has to find again by itself.
 */
@Injectable()
export class EmailOwners {
  private readonly logger = new Logger(EmailOwners.name);
  private readonly listeners: EmailOwnerListener[] = [];

  onOwner(listener: EmailOwnerListener): void {
    this.listeners.push(listener);
  }

  /** Never rejects: the account is there, whatever comes of the rest. */
  async announce({ id: userId, email }: User): Promise<void> {
    if (email === null) return;
    for (const listener of this.listeners) {
      await listener({ userId, email }).catch((error: unknown) => {
        this.logger.error({ err: error, userId }, 'what waited for an e-mail address could not be done');
      });
    }
  }
}
