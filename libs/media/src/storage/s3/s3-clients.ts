import type { S3, S3ClientConfig } from '@aws-sdk/client-s3';
import type { ConfigValues } from '@app/platform';
import type { Sdk } from './s3-sdk';

const ATTEMPTS = 2;
/** For a part of 5 MiB, on a line of 2 Mbit/s. */
const MIN_UPLOAD_TIMEOUT_MS = 30_000;
/** Downloads that pass through this node each hold one. */
const MAX_CONNECTIONS = 1000;

type S3Settings = Pick<
  ConfigValues,
  | 'S3_ENDPOINT'
  | 'S3_REGION'
  | 'S3_ACCESS_KEY_ID'
  | 'S3_SECRET_ACCESS_KEY'
  | 'S3_PATH_STYLE'
  | 'S3_PUBLIC_URL'
  | 'S3_TIMEOUT_MS'
>;

/** One store, spoken to in three ways. */
export interface S3Clients {
  /** For what is answered at once. */
  readonly calls: S3;
  /** For what takes as long as its bytes. */
  readonly uploads: S3;
  /** Signs addresses under which clients reach the store, and never speaks to it; undefined if they can't reach it. */
  readonly links: S3 | undefined;
}

export function makeClients({ S3: Client }: Sdk, values: S3Settings): S3Clients {
  const common = commonOptions(values);
  const client = (requestTimeoutMs: number) =>
    new Client({ ...common, requestHandler: handlerOptions(values.S3_TIMEOUT_MS, requestTimeoutMs) });
  return {
    calls: client(values.S3_TIMEOUT_MS),
    uploads: client(Math.max(values.S3_TIMEOUT_MS, MIN_UPLOAD_TIMEOUT_MS)),
    links: values.S3_PUBLIC_URL === undefined ? undefined : new Client({ ...common, endpoint: values.S3_PUBLIC_URL }),
  };
}

function commonOptions(values: S3Settings): S3ClientConfig {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const keys = accessKeyId !== undefined && secretAccessKey !== undefined && { accessKeyId, secretAccessKey };
  return {
    region: values.S3_REGION,
    maxAttempts: ATTEMPTS,
    forcePathStyle: values.S3_PATH_STYLE === 'on',
    // What is newer than the protocol that all stores speak is left out where it is not needed.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(values.S3_ENDPOINT !== undefined && { endpoint: values.S3_ENDPOINT }),
    ...(keys && { credentials: keys }),
  };
}

function handlerOptions(connectionTimeout: number, requestTimeout: number) {
  const agent = { keepAlive: true, maxSockets: MAX_CONNECTIONS };
  return { connectionTimeout, requestTimeout, throwOnRequestTimeout: true, httpAgent: agent, httpsAgent: agent };
}
