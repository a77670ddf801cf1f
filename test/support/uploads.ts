import sharp from 'sharp';
import { Answer, expectStatus } from './api';
import type { Person } from './people';
import type { Media } from './wire';

/** A file as it is sent: what is in it, and what its sender calls it. */
export interface TestFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What its sender claims. */
  readonly type?: string;
}

export function formOf({ name, bytes, type }: TestFile): FormData {
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(bytes)], { type }), name);
  return form;
}

export function tryUpload(person: Person, file: TestFile): Promise<Answer<Media>> {
  return person.api.call<Media>('POST', '/media', { raw: formOf(file) });
}

export async function upload(person: Person, file: TestFile = text('hello.txt')): Promise<Media> {
  return expectStatus(await tryUpload(person, file), 201);
}

export function text(name: string, content = 'Hello, file!'): TestFile {
  return { name, bytes: Buffer.from(content) };
}

/** A picture of noise, which does not compress away. */
export async function picture(name: string, width = 640, height = 480): Promise<TestFile> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  const blank = sharp({ create: { width, height, channels: 3, background: 'teal', noise } });
  return { name, bytes: await blank.jpeg().toBuffer() };
}

export interface Download {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** A file at an address as answers give it: relative to the server. */
export async function download(
  origin: { readonly url: string },
  url: string,
  options: { token?: string; headers?: Record<string, string> } = {},
): Promise<Download> {
  const headers = { ...options.headers, ...(options.token && { authorization: `Bearer ${options.token}` }) };
  const response = await fetch(new URL(url, origin.url), { headers });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** The address without its signature. */
export function plain(url: string): string {
  return url.replace(/\?.*$/, '');
}
