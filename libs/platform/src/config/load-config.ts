import { accessSync, constants, mkdirSync } from 'node:fs';
import { Config } from './config';
import { ConfigError } from './config-error';
import type { ConfigValues } from './config-values';
import { Environment, GivenSettings } from './given-settings';
import { SettingError } from './setting';
import { SETTINGS } from './settings';
import { loadSigningKeys, MIN_SECRET_LENGTH } from './signing-keys';

/**
 * Reads and validates every setting, before anything listens. Creates `DATA_DIR` and a key in it if there is none.
 * @throws ConfigError names each bad variable, what was given and what is allowed.
 */
export function loadConfig(environment: Environment): Config {
  const given = new GivenSettings(environment);
  const problems: string[] = [];
  const values = parseAll(given, problems);
  if (problems.length > 0) throw new ConfigError(problems);

  const conflicts = [
    ...checkSigning(values, given),
    ...checkForProduction(values, given),
    ...checkStores(values, given),
    ...checkDataDir(values),
  ];
  if (conflicts.length > 0) throw new ConfigError(conflicts);

  const warnings = [...given.warnings];
  return new Config(values, loadSigningKeys(values, warnings), warnings);
}

function parseAll(given: GivenSettings, problems: string[]): ConfigValues {
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    try {
      values[name] = setting.parse(given.text(name));
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      problems.push(`${given.nameOf(name)} ${error.allowed}, but "${given.text(name)}" was given`);
    }
  }
  return values as ConfigValues;
}

function checkSigning(values: ConfigValues, given: GivenSettings): string[] {
  if (values.ALGORITHM === 'HS256') return [];
  const missing = (['JWT_PRIVATE_KEY_FILE', 'JWT_PUBLIC_KEY_FILE'] as const).filter((name) => !values[name]);
  return missing.map((name) => `${name} must be given when ${given.nameOf('ALGORITHM')}=${values.ALGORITHM}`);
}

/** What is good enough to try things out, but not for other people's messages. Never shows a secret. */
function checkForProduction(values: ConfigValues, given: GivenSettings): string[] {
  if (values.NODE_ENV !== 'production') return [];
  const problems: string[] = [];
  const length = values.SECRET_KEY?.length ?? 0;
  if (values.ALGORITHM === 'HS256' && length < MIN_SECRET_LENGTH) {
    const was = length === 0 ? 'none was given' : `one of ${length} was given`;
    const name = given.nameOf('SECRET_KEY');
    problems.push(`${name} must have at least ${MIN_SECRET_LENGTH} characters when NODE_ENV=production, but ${was}`);
  }
  if (values.BCRYPT_COST < 10) {
    problems.push(`BCRYPT_COST must be at least 10 when NODE_ENV=production, but "${values.BCRYPT_COST}" was given`);
  }
  return problems;
}

/** Addresses may hold passwords: what is wrong is said without them. */
function checkStores(values: ConfigValues, given: GivenSettings): string[] {
  const problems: string[] = [];
  const { MONGODB_URL: mongo, REDIS_URL: redis } = values;
  if (mongo !== undefined && !/^mongodb(\+srv)?:\/\/./.test(mongo)) {
    problems.push(`${given.nameOf('MONGODB_URL')} must begin with mongodb:// or mongodb+srv://`);
  }
  if (redis !== undefined && !/^rediss?:\/\/./.test(redis)) {
    problems.push('REDIS_URL must begin with redis:// or rediss://');
  }
  if (redis !== undefined && values.ALGORITHM === 'HS256' && values.SECRET_KEY === undefined) {
    problems.push(
      `${given.nameOf('SECRET_KEY')} must be given with REDIS_URL: the nodes must know each other's tokens`,
    );
  }
  return [...problems, ...checkFiles(values)];
}

/** Half of what a bucket needs is most likely a slip. */
function checkFiles(values: ConfigValues): string[] {
  const problems: string[] = [];
  const settings = ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'S3_PUBLIC_URL'] as const;
  const given = settings.find((name) => values[name] !== undefined);
  if (values.S3_BUCKET === undefined && given) problems.push(`S3_BUCKET must be given with ${given}`);
  const { S3_ACCESS_KEY_ID: key, S3_SECRET_ACCESS_KEY: secret } = values;
  if ((key === undefined) !== (secret === undefined)) {
    problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be given together, or neither');
  }
  return problems;
}

function checkDataDir({ DATA_DIR: folder }: ConfigValues): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    return [`DATA_DIR must name a folder that can be written to, but "${folder}" was given: ${String(error)}`];
  }
}
