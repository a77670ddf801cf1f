import { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtService } from '@nestjs/jwt';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Database, DatabaseModule } from '@app/database';
import { Actor, Clock, EventBus, loadConfig, PlatformModule } from '@app/platform';
import {
  AccessClaims,
  LogIn,
  RegisterUser,
  SessionsEnded,
  TokenPair,
  User,
  UserChanged,
  UsersModule,
} from '@app/users';
import { makeTempFolder } from '../support/temp-folder';

class AccountsModule {}

export const PASSWORD = 'correct horse battery';
/** A network address of somebody. */
export const HERE = { address: '192.0.2.1' };
export const PAGE = { page: 1, limit: 20 };

export type LoggedIn = TokenPair & { readonly actor: Actor; readonly claims: AccessClaims };

/** The users' library on an embedded store of its own, and what one does with it all the time. */
export class Accounts {
  readonly ended: { userId: number; sessionIds: readonly string[] }[] = [];
  readonly changed: number[] = [];
  private count = 0;

  private constructor(private readonly app: INestApplicationContext) {
    const events = app.get(EventBus);
    events.on(SessionsEnded, (event) => this.ended.push(event));
    events.on(UserChanged, ({ userId }) => this.changed.push(userId));
  }

  static async open(settings: Record<string, string> = {}): Promise<Accounts> {
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: makeTempFolder(), BCRYPT_COST: '4', ...settings });
    const imports = [PlatformModule.register(config), DatabaseModule, UsersModule];
    const app = await NestFactory.createApplicationContext(
      { module: AccountsModule, imports },
      { logger: false, abortOnError: false },
    );
    await app.get<DataSource>(getDataSourceToken(), { strict: false }).synchronize();
    return new Accounts(app);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get<Part>(part: abstract new (...given: never[]) => Part): Part {
    return this.app.get<Part>(part, { strict: false });
  }

  get database(): Database {
    return this.get(Database);
  }

  uniqueName(): string {
    return `someone-${++this.count}`;
  }

  register(given: { username?: string; email?: string | null; fullName?: string | null } = {}): Promise<User> {
    const username = given.username ?? this.uniqueName();
    return this.get(RegisterUser).execute({ username, password: PASSWORD, ...given }, HERE);
  }

  async logIn(user: { username: string }, password = PASSWORD): Promise<LoggedIn> {
    const source = { ...HERE, userAgent: 'A Browser/1.0' };
    const pair = await this.get(LogIn).execute({ login: user.username, password }, source);
    const claims = this.claimsOf(pair.accessToken);
    return { ...pair, claims, actor: { userId: pair.userId, sessionId: claims.sid } };
  }

  claimsOf(accessToken: string): AccessClaims {
    return this.get(JwtService).verify<AccessClaims>(accessToken);
  }

  /** Lets it be later, until the test ends. */
  letPass(milliseconds: number): void {
    const later = new Date(Date.now() + milliseconds);
    jest.spyOn(this.get(Clock), 'now').mockReturnValue(later);
  }
}

/** How many of these came to a good end, and what the others failed with. */
export async function outcomesOf(attempts: readonly Promise<unknown>[]): Promise<{ done: number; codes: string[] }> {
  const outcomes = await Promise.allSettled(attempts);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  const codes = failed.map(({ reason }) => (reason as { code?: string }).code ?? String(reason));
  return { done: outcomes.length - failed.length, codes: [...new Set(codes)] };
}
