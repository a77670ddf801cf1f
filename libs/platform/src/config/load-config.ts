import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Config, ConfigValues, SigningKeys } from './config';
import { keepGeneratedSecret } from './generated-secret';
import { SettingError } from './setting';
import { ALIASES, SETTINGS } from './settings';

/** One or more settings are wrong; `message` has a line for each and is all that an operator needs to see. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and validates every setting, before anything listens. Creates `DATA_DIR` and a key in it if there is none.
 * @throws ConfigError names each bad variable, what was given and what is allowed.
 */
export function loadConfig(environment: Environment): Config {
  const warnings: string[] = [];
  const given = withAliases(environment, warnings);
  const problems: string[] = [...findUnsupported(given)];
  const values = parseAll(given, problems);
  if (problems.length > 0) throw new ConfigError(problems);

  checkTogether(values, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return new Config(values, loadKeys(values, warnings), warnings);
}

/** An empty variable counts as not given: that is how `.env` files leave things out. */
function withAliases(environment: Environment, warnings: string[]): Map<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.trim() !== '') given.set(name, value.trim());
  }
  for (const [alias, name] of Object.entries(ALIASES)) {
    const value = given.get(alias);
    if (value === undefined || given.has(name)) continue;
    given.set(name, value);
    warnings.push(`${alias} is read as ${name}; please rename it`);
  }
  if (given.get('DEBUG')?.toLowerCase() === 'true' && !given.has('LOG_LEVEL')) {
    given.set('LOG_LEVEL', 'debug');
    warnings.push('DEBUG=True is read as LOG_LEVEL=debug; please rename it');
  }
  return given;
}

/** Whoever names a store expects the data there: starting on another one would betray that. */
function findUnsupported(given: Map<string, string>): string[] {
  const stores = ['MYSQL_HOST', 'MONGODB_URL', 'MONGO_URI', 'REDIS_URL'].filter((name) => given.has(name));
  return stores.map((name) => `${name} is set, but this version has only the embedded store; leave it out`);
}

function parseAll(given: Map<string, string>, problems: string[]): ConfigValues {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    try {
      values[name] = setting.parse(given.get(name));
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      const shown = error.secret ? 'a shorter one' : `"${given.get(name)}"`;
      problems.push(`${name} ${error.allowed}, but ${shown} was given`);
    }
  }
  return values as ConfigValues;
}

function checkTogether(values: ConfigValues, problems: string[]): void {
  const production = values.NODE_ENV === 'production';
  if (values.ALGORITHM === 'HS256') {
    if (production && values.SECRET_KEY === undefined) {
      problems.push('SECRET_KEY must be given when NODE_ENV=production: at least 32 characters');
    }
  } else {
    for (const name of ['JWT_PRIVATE_KEY_FILE', 'JWT_PUBLIC_KEY_FILE'] as const) {
      if (values[name] === undefined) problems.push(`${name} must be given when ALGORITHM=${values.ALGORITHM}`);
    }
  }
  if (production && values.BCRYPT_COST < 10) {
    problems.push(`BCRYPT_COST must be at least 10 when NODE_ENV=production, but "${values.BCRYPT_COST}" was given`);
  }
}

function loadKeys(values: ConfigValues, warnings: string[]): SigningKeys {
  if (values.ALGORITHM !== 'HS256') return loadKeyPair(values);
  if (values.SECRET_KEY !== undefined) return { sign: values.SECRET_KEY, verify: values.SECRET_KEY };
  const kept = keepGeneratedSecret(resolve(values.DATA_DIR));
  if (kept.isNew) warnings.push(`SECRET_KEY is not set: a key was made and is kept in ${kept.file}`);
  return { sign: kept.secret, verify: kept.secret };
}

function loadKeyPair(values: ConfigValues): SigningKeys {
  const expected = values.ALGORITHM === 'RS256' ? 'rsa' : 'ec';
  const read = (name: 'JWT_PRIVATE_KEY_FILE' | 'JWT_PUBLIC_KEY_FILE', parse: typeof createPublicKey): string => {
    const file = values[name] ?? '';
    try {
      const pem = readFileSync(file, 'utf8');
      const type = parse(pem).asymmetricKeyType;
      if (type !== expected) throw new Error(`it holds a key of type ${type}, not ${expected}`);
      return pem;
    } catch (error) {
      throw new ConfigError([`${name} must name a readable PEM file, but "${file}" was given: ${String(error)}`]);
    }
  };
  return {
    sign: read('JWT_PRIVATE_KEY_FILE', createPrivateKey as typeof createPublicKey),
    verify: read('JWT_PUBLIC_KEY_FILE', createPublicKey),
  };
}
