import type { Problem } from './wire';
import { anyOf, matching } from './matchers';

/** The answer to one request, read to its end. `body` is what the caller says it is: tests then look. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
}

export interface RequestOptions {
  token?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Uint8Array<ArrayBuffer> | FormData;
  headers?: Record<string, string>;
}

/** One HTTP request to `url`. Never throws because of a status. */
export async function request<Body = unknown>(
  method: string,
  url: string,
  { token, body, raw, headers = {} }: RequestOptions = {},
): Promise<Answer<Body>> {
  const sent: Record<string, string> = { ...headers };
  if (token !== undefined) sent.authorization ??= `Bearer ${token}`;
  if (body !== undefined) sent['content-type'] ??= 'application/json';
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, { method, headers: sent, body: payload, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) as Body };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The native API of one server, as one person or as nobody. Paths are relative to `/api/v1`. */
export class Api {
  constructor(
    private readonly origin: () => string,
    public token?: string,
  ) {}

  get<Body>(path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.call('GET', path, options);
  }

  post<Body>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.call('POST', path, { body, ...options });
  }

  put<Body>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.call('PUT', path, { body, ...options });
  }

  delete<Body>(path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<Body>> {
    return this.call('DELETE', path, { body, ...options });
  }

  call<Body>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<Body>> {
    return request<Body>(method, `${this.origin()}/api/v1${path}`, { token: this.token, ...options });
  }
}

/** Insists on a status and gives the body; the failure shows what came instead. */
export function expectStatus<Body>(answer: Answer<Body>, ...statuses: number[]): Body {
  if (!statuses.includes(answer.status)) {
    throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text.slice(0, 1000)}`);
  }
  return answer.body;
}

/** Insists on a complete problem document with this status, and with this `code` if one is given. */
export function expectProblem(answer: Answer<unknown>, status: number, code?: string): Problem {
  expectStatus(answer, status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return expectProblemBody(answer.body, status, code);
}

export function expectProblemBody(body: unknown, status: number, code?: string): Problem {
  expect(body).toMatchObject({
    type: anyOf(String),
    title: anyOf(String),
    status,
    status_code: status,
    detail: matching(/\S.*\.$/s),
    code: code ?? matching(/^[a-z_]+(\.[a-z_]+)+$/),
  });
  const problem = body as Problem;
  for (const field of problem.errors ?? []) {
    expect(field).toEqual({ path: anyOf(String), code: anyOf(String), detail: anyOf(String) });
  }
  return problem;
}

/** A 422 that names these fields, and no other. */
export function expectInvalid(answer: Answer<unknown>, ...paths: string[]): Problem {
  const problem = expectProblem(answer, 422);
  expect([...new Set(problem.errors?.map((field) => field.path))].sort()).toEqual([...paths].sort());
  return problem;
}
