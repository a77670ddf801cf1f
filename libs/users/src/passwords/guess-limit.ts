import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, foldForComparison, Limit, RateLimited, RateLimits } from '@app/platform';

interface Count {
  readonly limit: Limit;
  readonly key: string;
}

/**
 * Stops those who guess passwords: failures count per account and per address. An attempt is counted before its
 * password is compared and taken off again if it was right: of a hundred at once, no more are compared than may fail.
 */
@Injectable()
export class GuessLimit {
  constructor(
    private readonly limits: RateLimits,
    private readonly config: Config,
  ) {}

  /**
   * A log-in from outside.
   * @param userId null if nobody has this name
   * @returns what `compare` says
   * @throws RateLimited
   */
  guardLogIn(login: string, userId: number | null, address: string, compare: () => Promise<boolean>): Promise<boolean> {
    const { loginFailuresPerAddress, loginFailuresPerAccount } = this.config.limits;
    const account = userId === null ? `login:${digest(login)}` : `user:${userId}`;
    return this.guard({ limit: loginFailuresPerAccount, key: account }, compare, {
      limit: loginFailuresPerAddress,
      key: address,
    });
  }

  /**
   * Someone who is logged in proves to know the password. Counted apart from log-ins,
   * so that nobody outside can keep the owner from changing it.
   * @throws RateLimited
   */
  guardOwner(userId: number, compare: () => Promise<boolean>): Promise<boolean> {
    return this.guard({ limit: this.config.limits.loginFailuresPerAccount, key: `owner:${userId}` }, compare);
  }

  /** The address comes first: one that is used up can't fill the memory with accounts. */
  private async guard(account: Count, compare: () => Promise<boolean>, address?: Count): Promise<boolean> {
    if (address) await this.take(address);
    const taken = address ? [address] : [];
    try {
      await this.take(account);
      taken.push(account);
      if (!(await compare())) return false;
    } catch (error) {
      await this.giveBack(taken);
      throw error;
    }
    await this.limits.reset(account.limit, account.key);
    await this.giveBack(address ? [address] : []);
    return true;
  }

  /** An attempt that is refused compares nothing, so it counts nothing. */
  private async take(count: Count): Promise<void> {
    try {
      await this.limits.consume(count.limit, count.key);
    } catch (error) {
      if (error instanceof RateLimited) await this.giveBack([count]);
      throw error;
    }
  }

  private async giveBack(counts: readonly Count[]): Promise<void> {
    for (const { limit, key } of counts) await this.limits.giveBack(limit, key);
  }
}

/** A key of fixed size, however long the name is; what follows after a thousand characters makes no difference. */
function digest(login: string): string {
  const folded = foldForComparison(login.slice(0, 1000));
  return createHash('sha256').update(folded).digest('base64url');
}
