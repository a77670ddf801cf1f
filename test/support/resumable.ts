import { DetailedError, Upload, UploadOptions } from 'tus-js-client';
import { Answer, Api, expectStatus } from './api';
import type { Person } from './people';
import type { TestFile } from './uploads';
import type { Media } from './wire';

export const TUS = { 'tus-resumable': '1.0.0' };
const PART_TYPE = 'application/offset+octet-stream';

/** As the protocol writes it. */
export function metadataOf(entries: Record<string, string>): string {
  return Object.entries(entries)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

export function tryBegin(api: Api, headers: Record<string, string>): Promise<Answer<Media>> {
  return api.call('POST', '/media/resumable', { headers: { ...TUS, ...headers } });
}

/** @returns the id of an upload that nothing has come of yet */
export async function beginUpload({ api }: Person, { name, bytes }: TestFile): Promise<string> {
  const headers = { 'upload-length': String(bytes.length), 'upload-metadata': metadataOf({ filename: name }) };
  const answer = await tryBegin(api, headers);
  expectStatus(answer, 201);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
}

export function tryPart(
  api: Api,
  uploadId: string | number,
  offset: number,
  bytes: Uint8Array | string,
  headers: Record<string, string> = {},
): Promise<Answer<Media>> {
  return api.call('PATCH', `/media/resumable/${uploadId}`, {
    raw: Uint8Array.from(Buffer.from(bytes as string)),
    headers: { ...TUS, 'content-type': PART_TYPE, 'upload-offset': String(offset), ...headers },
  });
}

export async function headOf(api: Api, uploadId: string): Promise<Answer<unknown>> {
  return api.call('HEAD', `/media/resumable/${uploadId}`, { headers: TUS });
}

/** By POST, as where only GET and POST get through. */
export function asPost(api: Api, method: string, uploadId: string | number): Promise<Answer<unknown>> {
  const headers = { ...TUS, 'x-http-method-override': method };
  return api.call('POST', `/media/resumable/${uploadId}`, { headers });
}

/** Sends a file with a client that is not ours. */
export function sendByTus(
  origin: string,
  { token }: Person,
  { name, bytes, type = '' }: TestFile,
  options: Partial<UploadOptions> = {},
): Promise<Media> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(Buffer.from(bytes), {
      endpoint: new URL('/api/v1/media/resumable', origin).href,
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: name, filetype: type },
      retryDelays: null,
      onError: (error) => reject(error),
      onSuccess: ({ lastResponse }) => resolve(JSON.parse(lastResponse.getBody()) as Media),
      ...options,
    });
    upload.start();
  });
}

/** What the client was refused with. */
export function problemOf(error: unknown): { status: number; code: string } {
  const { originalResponse } = error as DetailedError;
  const { code = '' } = JSON.parse(originalResponse?.getBody() || '{}') as { code?: string };
  return { status: originalResponse?.getStatus() ?? 0, code };
}
