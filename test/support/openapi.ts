import { expectStatus, request } from './api';
import type { Origin } from './server-node';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  example?: unknown;
  examples?: unknown;
}

interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
}

interface Operation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description?: string; headers?: object; content?: Record<string, Media> }>;
  security?: object[];
}

export interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema>; securitySchemes?: object };
  security?: object[];
}

/** One operation of the document, with the name under which tables of tests list it. */
export interface NamedOperation {
  /** `GET /api/v1/chats/{}`: without the names of parameters and the last slash. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head'];

export async function readOpenApi(server: Origin): Promise<OpenApi> {
  return expectStatus(await request<OpenApi>('GET', `${server.url}/openapi.json`), 200);
}

export function operationsOf({ paths }: OpenApi): NamedOperation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({
        name: operationName(method, path),
        method: method.toUpperCase(),
        path,
        operation,
      })),
  );
}

export function operationName(method: string, path: string): string {
  const shown = path.replace(/\{[^}]*\}/g, '{}').replace(/(.)\/$/, '$1');
  return `${method.toUpperCase()} ${shown}`;
}

/** Follows `$ref`s within the document. */
export function resolveSchema(document: OpenApi, schema: Schema | undefined): Schema {
  let resolved = schema ?? {};
  for (let depth = 0; resolved.$ref !== undefined && depth < 10; depth++) {
    resolved = document.components?.schemas?.[resolved.$ref.split('/').at(-1) ?? ''] ?? {};
  }
  const parts = [...(resolved.allOf ?? [])].map((part) => resolveSchema(document, part));
  return parts.reduce<Schema>(
    (whole, part) => ({ ...part, ...whole, properties: { ...part.properties, ...whole.properties } }),
    resolved,
  );
}
