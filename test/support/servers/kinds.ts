import { findExecutable } from './executables';
import { MariaDb } from './mariadb';
import { builtFerretDb, MongoServer } from './mongo';
import type { PrivateServer } from './private-server';
import { RedisServer } from './redis-server';
import { builtS3Server, S3Server } from './s3-server';

export type ServerName = 'mariadb' | 'mongo' | 'redis' | 's3';

interface ServerKind {
  make(): PrivateServer;
  /** The variable with the URL of a server that takes the place of private ones. */
  readonly variable: string;
  /** Each group must be met by one of its programs. */
  readonly programs: string[][];
  /** Makes what takes minutes and is kept, where it has to be made. */
  readonly build?: () => Promise<unknown>;
}

export const KINDS: Record<ServerName, ServerKind> = {
  mariadb: {
    make: () => new MariaDb(),
    variable: 'MYSQL_TEST_URL',
    programs: [
      ['mariadbd', 'mysqld'],
      ['mariadb-install-db', 'mysql_install_db'],
    ],
  },
  mongo: {
    make: () => new MongoServer(),
    variable: 'MONGODB_TEST_URL',
    programs: [['mongod', 'go']],
    build: async () => findExecutable('mongod') ?? builtFerretDb(),
  },
  redis: { make: () => new RedisServer(), variable: 'REDIS_TEST_URL', programs: [['redis-server', 'valkey-server']] },
  s3: { make: () => new S3Server(), variable: 'S3_TEST_URL', programs: [['go']], build: builtS3Server },
};

/** Why a server can't be had here, or undefined if it can. */
export function whyMissing(name: ServerName): string | undefined {
  const { variable, programs } = KINDS[name];
  if (givenUrl(name) !== undefined) return undefined;
  const missing = programs.find((group) => !group.some(findExecutable));
  return missing && `${missing.join(' or ')} is not installed, and ${variable} is not set`;
}

/** The URL of the server that is to be used instead of a private one. */
export function givenUrl(name: ServerName): string | undefined {
  return process.env[KINDS[name].variable] || undefined;
}

/** Builds what has to be built, so that no test waits for it; what can't be had here is left out. */
export async function buildServers(): Promise<void> {
  const names = Object.keys(KINDS) as ServerName[];
  for (const name of names) {
    if (givenUrl(name) === undefined && whyMissing(name) === undefined) await KINDS[name].build?.();
  }
}
