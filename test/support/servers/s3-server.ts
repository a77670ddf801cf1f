import { paginateListObjectsV2, S3 } from '@aws-sdk/client-s3';
import { builtGoProgram } from './go-program';
import { Command, PrivateServer } from './private-server';

const USER = 'chat';
const PASSWORD = 'only-for-tests';
const FILES = ['go.mod', 'go.sum'];

/** The Versity S3 gateway on a folder: it speaks the protocol of S3 and checks its signatures. */
export class S3Server extends PrivateServer {
  readonly name = 'the S3 server';

  get url(): string {
    return `http://${USER}:${PASSWORD}@127.0.0.1:${this.port}`;
  }

  protected async command(): Promise<Command> {
    const own = ['--access', USER, '--secret', PASSWORD, '--port', `127.0.0.1:${this.port}`, '--quiet', '--keep-alive'];
    return { program: await builtS3Server(), args: [...own, 'posix', this.dataFolder] };
  }

  protected async greet(): Promise<void> {
    const client = openS3(this.url);
    try {
      await client.listBuckets();
    } finally {
      client.destroy();
    }
  }
}

export function builtS3Server(): Promise<string> {
  return builtGoProgram('versitygw', FILES, 'github.com/versity/versitygw/cmd/versitygw');
}

/** The keys in the bucket that these settings of the product name. */
export async function listObjects(settings: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const url = new URL(settings.S3_ENDPOINT ?? '');
  url.username = settings.S3_ACCESS_KEY_ID ?? '';
  url.password = settings.S3_SECRET_ACCESS_KEY ?? '';
  const client = openS3(url.href);
  try {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: settings.S3_BUCKET })) {
      keys.push(...Contents.map(({ Key = '' }) => Key));
    }
    return keys;
  } finally {
    client.destroy();
  }
}

/** A client for the server of this URL. */
export function openS3(url: string): S3 {
  const { origin, username, password } = new URL(url);
  const credentials = { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) };
  return new S3({ endpoint: origin, region: 'us-east-1', forcePathStyle: true, credentials });
}
