import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig } from '@app/platform';
import { makeTempFolder } from '../../support/temp-folder';

const DATA_DIR = makeTempFolder();
const SECRET_KEY = 'k'.repeat(32);

function load(environment: Record<string, string | undefined> = {}) {
  return loadConfig({ DATA_DIR, SECRET_KEY, ...environment });
}

/** What the operator is told. */
function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs nothing to be given', () => {
    const { values } = load();
    expect(values).toMatchObject({ HOST: '127.0.0.1', PORT: 8000, ALGORITHM: 'HS256', LOG_LEVEL: 'info' });
    expect(values).toMatchObject({ ACCESS_TOKEN_EXPIRE_MINUTES: 30, REFRESH_TOKEN_EXPIRE_DAYS: 30, BCRYPT_COST: 12 });
    expect(values).toMatchObject({ CORS_ORIGINS: [], TRUST_PROXY: false });
  });

  it('has the limits of the design as defaults', () => {
    const { limits, rateLimitsOn, values } = load();
    expect(rateLimitsOn).toBe(true);
    expect(limits.requests).toMatchObject({ points: 1200, seconds: 60 });
    expect(limits.messages).toMatchObject({ points: 200, seconds: 4 });
    expect(limits.loginFailuresPerAccount).toMatchObject({ points: 10, seconds: 900 });
    expect(limits.loginFailuresPerAddress).toMatchObject({ points: 100, seconds: 900 });
    expect(limits.signups).toMatchObject({ points: 1000, seconds: 3600 });
    expect(values.LIMIT_CONNECTIONS_PER_USER).toBe(50);
  });

  it('takes an empty variable for one that is not given, and forgets space around a value', () => {
    expect(load({ PORT: '', HOST: '  ', LOG_LEVEL: ' warn ' }).values).toMatchObject({
      PORT: 8000,
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
    });
  });

  it.each([
    ['PORT', 'http', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['PORT', '8e3', 'a whole number from 0 to 65535'],
    ['PORT', '80.5', 'a whole number from 0 to 65535'],
    ['HOST', 'http://localhost', 'an address or a host name'],
    ['HOST', 'localhost:8000', 'an address or a host name'],
    ['NODE_ENV', 'prod', 'one of development, production, test'],
    ['ALGORITHM', 'none', 'one of HS256, RS256, ES256'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn, info, debug, trace, silent'],
    ['RATE_LIMITS', 'yes', 'one of on, off'],
    ['ACCESS_TOKEN_EXPIRE_MINUTES', '0', 'a whole number from 1 to 525600'],
    ['LIMIT_LOGIN_FAILURES', '0', 'a whole number from 1 to 1000000'],
    ['CORS_ORIGINS', '*', 'origins such as https://chat.example.org'],
    ['CORS_ORIGINS', 'https://a.example, https://b.example/path', 'origins such as https://chat.example.org'],
    ['CORS_ORIGINS', 'https://Chat.example', 'origins such as https://chat.example.org'],
    ['CORS_ORIGINS', 'ftp://a.example', 'origins such as https://chat.example.org'],
    ['TRUST_PROXY', 'everyone', 'a number of proxies up to 99, or a comma-separated list of addresses'],
    ['TRUST_PROXY', '10.0.0.0/33', 'a number of proxies up to 99, or a comma-separated list of addresses'],
    ['TRUST_PROXY', ',', 'a number of proxies up to 99, or a comma-separated list of addresses'],
  ])('refuses %s=%s and says what is allowed', (name, given, allowed) => {
    const [problem, ...others] = problemsOf({ [name]: given });
    expect(problem).toContain(`${name} must `);
    expect(problem).toContain(allowed);
    expect(problem).toContain(`but "${given}" was given`);
    expect(others).toEqual([]);
  });

  it('names every bad variable at once', () => {
    const problems = problemsOf({ PORT: 'a', LOG_LEVEL: 'b', BCRYPT_COST: '3' });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(['BCRYPT_COST', 'LOG_LEVEL', 'PORT']);
    expect(() => load({ PORT: 'a', LOG_LEVEL: 'b' })).toThrow(/not valid:\n {2}- PORT .*\n {2}- LOG_LEVEL /);
  });

  it('reads lists, networks and hop counts', () => {
    const origins = 'https://a.example, http://localhost:3000,';
    expect(load({ CORS_ORIGINS: origins }).values.CORS_ORIGINS).toEqual(['https://a.example', 'http://localhost:3000']);
    expect(load({ TRUST_PROXY: '2' }).values.TRUST_PROXY).toBe(2);
    expect(load({ TRUST_PROXY: '10.0.0.0/8, ::1' }).values.TRUST_PROXY).toEqual(['10.0.0.0/8', '::1']);
  });

  it('refuses a DATA_DIR that can not be a folder', () => {
    const file = join(makeTempFolder(), 'file');
    writeFileSync(file, '');
    expect(problemsOf({ DATA_DIR: file })[0]).toContain(
      `DATA_DIR must name a folder that can be written to, but "${file}"`,
    );
  });

  it.each([
    ['MONGODB_URL', 'localhost:27017'],
    ['MONGO_URI', 'http://localhost'],
    ['REDIS_URL', 'localhost:6379'],
  ])('does not take for an address what is none, and does not repeat it: %s', (name, given) => {
    const [problem] = problemsOf({ [name]: given });
    expect(problem).toMatch(new RegExp(`^${name} must begin with`));
    expect(problem).not.toContain(given);
  });

  it.each([
    [{ S3_ENDPOINT: 'https://s3.example' }, /^S3_BUCKET must be given with S3_ENDPOINT$/],
    [{ S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'key' }, /^S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be given together/],
    [
      { S3_BUCKET: 'b', S3_PUBLIC_URL: 'https://files.example/b' },
      /^S3_PUBLIC_URL must be an address .*without a path/,
    ],
  ])('does not take half of a storage for files: %j', (given, problem) => {
    expect(problemsOf(given)).toEqual([expect.stringMatching(problem)]);
  });

  it('wants one key for several nodes', () => {
    expect(problemsOf({ REDIS_URL: 'redis://localhost', SECRET_KEY: undefined })[0]).toMatch(
      /^SECRET_KEY must be given/,
    );
  });
});

describe('names of the source documents', () => {
  it('are accepted with a warning that names the new one', () => {
    const config = loadConfig({ DATA_DIR, JWT_SECRET: SECRET_KEY, JWT_ALGO: 'HS256', DEBUG: 'True' });
    expect(config.keys.sign).toBe(SECRET_KEY);
    expect(config.values.LOG_LEVEL).toBe('debug');
    expect(config.warnings).toEqual([
      'JWT_SECRET is read as SECRET_KEY; please rename it',
      'JWT_ALGO is read as ALGORITHM; please rename it',
      'DEBUG is read as LOG_LEVEL=debug; please rename it',
    ]);
  });

  it('yield to the new ones', () => {
    const config = load({ JWT_SECRET: 'x'.repeat(40), DEBUG: 'true', LOG_LEVEL: 'error' });
    expect(config.keys.sign).toBe(SECRET_KEY);
    expect(config.values.LOG_LEVEL).toBe('error');
    expect(config.warnings).toEqual([]);
  });

  it('are what a problem names, if they were used', () => {
    expect(problemsOf({ JWT_ALGO: 'algorithm_of_your_choosing' })[0]).toMatch(/^JWT_ALGO must be one of HS256/);
  });

  it('may hold the short secret that the document shows, outside of production', () => {
    const config = load({ SECRET_KEY: 'your-secret-key-here' });
    expect(config.keys.sign).toBe('your-secret-key-here');
    expect(config.warnings[0]).toContain('SECRET_KEY has fewer than 32 characters');
  });

  it('leave other people alone who set DEBUG', () => {
    expect(load({ DEBUG: 'express:*' }).values.LOG_LEVEL).toBe('info');
  });
});

describe('NODE_ENV=production', () => {
  const NODE_ENV = 'production';

  it('refuses to start without a SECRET_KEY', () => {
    expect(problemsOf({ NODE_ENV, SECRET_KEY: undefined })).toEqual([
      'SECRET_KEY must have at least 32 characters when NODE_ENV=production, but none was given',
    ]);
  });

  it('refuses a short SECRET_KEY without showing it', () => {
    const [problem] = problemsOf({ NODE_ENV, SECRET_KEY: 'hunter2hunter2' });
    expect(problem).toBe(
      'SECRET_KEY must have at least 32 characters when NODE_ENV=production, but one of 14 was given',
    );
  });

  it('refuses cheap password hashes', () => {
    expect(problemsOf({ NODE_ENV, BCRYPT_COST: '9' })[0]).toContain('BCRYPT_COST must be at least 10');
  });

  it('starts with a SECRET_KEY of 32 characters, and says nothing', () => {
    expect(load({ NODE_ENV }).warnings).toEqual([]);
  });
});
