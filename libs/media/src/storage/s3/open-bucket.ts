import { ConfigValues, StoreUnreachable } from '@app/platform';
import { Bucket } from './bucket';
import { makeClients } from './s3-clients';
import { loadSdk } from './s3-sdk';

const MAX_SILENCE_MS = 30_000;

/** @throws StoreUnreachable if it is not there, or not for us */
export async function openBucket(name: string, values: ConfigValues, maxSilenceMs = MAX_SILENCE_MS): Promise<Bucket> {
  const sdk = await loadSdk();
  const bucket = new Bucket(sdk, makeClients(sdk, values), name, maxSilenceMs);
  try {
    await bucket.ask();
  } catch (error) {
    const where = values.S3_ENDPOINT ?? `S3 in ${values.S3_REGION}`;
    throw new StoreUnreachable('S3_BUCKET', `${name} at ${where}`, reasonOf(error));
  }
  return bucket;
}

/** The answer to this question has no body, so that the SDK finds no words for it. */
function reasonOf(error: unknown): unknown {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 404) return new Error('there is no such bucket');
  if (status === 403) return new Error('access is refused');
  return error;
}
