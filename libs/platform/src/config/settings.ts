import { checkHost, checkOrigin, optionalAddress, trustProxy } from './network-settings';
import { integer, list, oneOf, optionalText, Setting, text } from './setting';

/**
 * Every setting of the product, in the order in which `.env.example` shows them.
 * The names are those of the source documents and of our deployment guides: they don't change.
 */
export const SETTINGS = {
  NODE_ENV: oneOf({
    about: 'production refuses to start with a generated key',
    default: 'development',
    values: ['development', 'production', 'test'],
  }),
  HOST: text({ about: 'address to listen on; 0.0.0.0 for all', default: '127.0.0.1', check: checkHost }),
  PORT: integer({ about: 'port to listen on; 0 takes any free one', default: 8000, min: 0, max: 65_535 }),
  DATA_DIR: text({ about: 'folder of the embedded database and the generated key', default: './data' }),

  MYSQL_HOST: optionalText({
    about: 'MySQL or MariaDB for users, chats and message metadata; SQLite in DATA_DIR if empty',
  }),
  MYSQL_PORT: integer({ about: 'its port', default: 3306, min: 1, max: 65_535 }),
  MYSQL_USER: text({ about: 'who logs in there', default: 'chat' }),
  MYSQL_PASSWORD: optionalText({ about: 'with which password' }),
  MYSQL_DATABASE: text({ about: 'the database, which must exist', default: 'chat' }),
  MYSQL_POOL_SIZE: integer({ about: 'connections of one node to it', default: 20, min: 3, max: 1000 }),
  MONGODB_URL: optionalText({ about: 'MongoDB for the texts of messages; they stand beside the metadata if empty' }),
  MONGODB_DATABASE: text({ about: 'the database there', default: 'chat' }),
  MONGODB_POOL_SIZE: integer({ about: 'connections of one node to it', default: 20, min: 1, max: 1000 }),
  REDIS_URL: optionalText({ about: 'Redis for several nodes: events, presence, limits; one node if empty' }),
  STORE_TIMEOUT_MS: integer({
    about: 'how long a store may take to answer before the caller is told to come back',
    default: 2000,
    min: 100,
    max: 60_000,
  }),
  BODY_CACHE_BYTES: integer({
    about: 'memory for texts that were read from MongoDB',
    default: 64 * 1024 * 1024,
    min: 0,
    max: 1024 ** 4,
  }),

  MEDIA_DIR: optionalText({
    about:
      'folder of uploaded files, the same for all nodes; media in DATA_DIR if empty. ' +
      'With S3_BUCKET only for what is coming in',
  }),
  S3_BUCKET: optionalText({ about: 'S3-compatible storage for uploaded files: the bucket, which must exist' }),
  S3_ENDPOINT: optionalAddress({ about: 'its address, such as https://s3.example.org; AWS if empty' }),
  S3_REGION: text({ about: 'its region', default: 'us-east-1' }),
  S3_ACCESS_KEY_ID: optionalText({
    about: 'who uses it; what the AWS SDK finds by itself (roles, profiles, AWS_…) if empty',
  }),
  S3_SECRET_ACCESS_KEY: optionalText({ about: 'with which secret' }),
  S3_TIMEOUT_MS: integer({
    about: 'how long it may take to begin an answer; it is asked twice',
    default: 5000,
    min: 100,
    max: 60_000,
  }),
  S3_PATH_STYLE: oneOf({
    about: 'off if the bucket is part of the host name, as AWS prefers',
    default: 'on',
    values: ['on', 'off'],
  }),
  S3_PUBLIC_URL: optionalAddress({
    about:
      'address under which clients reach it: downloads are then sent there by links that last a minute; ' +
      'they pass through this server if empty',
  }),
  MEDIA_MAX_BYTES: integer({
    about: 'bytes of an uploaded file',
    default: 25 * 1024 * 1024,
    min: 1024,
    max: 1024 ** 4,
  }),
  MEDIA_QUOTA_BYTES: integer({
    about: 'bytes of all files of one user',
    default: 1024 ** 3,
    min: 1024,
    max: 1024 ** 5,
  }),

  SECRET_KEY: optionalText({
    about:
      'signs tokens with HS256; made at first start and kept in DATA_DIR if empty ' +
      '(required in production, at least 32 characters)',
  }),
  ALGORITHM: oneOf({
    about: 'how tokens are signed; RS256 and ES256 need the two key files',
    default: 'HS256',
    values: ['HS256', 'RS256', 'ES256'],
  }),
  JWT_PRIVATE_KEY_FILE: optionalText({ about: 'PEM file that signs with RS256 or ES256' }),
  JWT_PUBLIC_KEY_FILE: optionalText({ about: 'PEM file that verifies with RS256 or ES256' }),
  ACCESS_TOKEN_EXPIRE_MINUTES: integer({
    about: 'how long an access token is good',
    default: 30,
    min: 1,
    max: 525_600,
  }),
  REFRESH_TOKEN_EXPIRE_DAYS: integer({
    about: 'how long a log-in lasts without being refreshed',
    default: 30,
    min: 1,
    max: 3650,
  }),
  BCRYPT_COST: integer({
    about: 'work factor of password hashes; below 10 only in tests',
    default: 12,
    min: 4,
    max: 16,
  }),

  CORS_ORIGINS: list({
    about: 'origins of other sites that may call us from a browser, comma-separated',
    check: checkOrigin,
  }),
  TRUST_PROXY: trustProxy(),

  LOG_LEVEL: oneOf({
    about: 'what is logged',
    default: 'info',
    values: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
  }),

  RATE_LIMITS: oneOf({
    about: 'off for load tests and trusted networks',
    default: 'on',
    values: ['on', 'off'],
  }),
  LIMIT_REQUESTS_PER_MINUTE: integer({
    about: 'requests of one user, or of one address without one',
    default: 1200,
    min: 1,
    max: 1_000_000_000,
  }),
  LIMIT_MESSAGES_PER_SECOND: integer({
    about: 'messages of one user through all doors together; four times as many at once',
    default: 50,
    min: 1,
    max: 1_000_000,
  }),
  LIMIT_LOGIN_FAILURES: integer({
    about: 'failed log-ins of one account in 15 minutes; ten times as many of one address',
    default: 10,
    min: 1,
    max: 1_000_000,
  }),
  LIMIT_SIGNUPS_PER_HOUR: integer({
    about: 'new accounts from one address',
    default: 1000,
    min: 1,
    max: 1_000_000_000,
  }),
  LIMIT_CONNECTIONS_PER_USER: integer({ about: 'open sockets of one user', default: 50, min: 1, max: 100_000 }),
} as const satisfies Record<string, Setting<unknown>>;

/** Names that the source documents use for settings of ours. */
export const ALIASES: Readonly<Record<string, keyof typeof SETTINGS>> = {
  MONGO_URI: 'MONGODB_URL',
  JWT_SECRET: 'SECRET_KEY',
  JWT_ALGO: 'ALGORITHM',
};
