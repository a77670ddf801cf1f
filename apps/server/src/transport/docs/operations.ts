import type { OpenAPIObject } from '@nestjs/swagger';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

export interface LocatedOperation {
  readonly path: string;
  readonly method: (typeof METHODS)[number];
  readonly operation: Operation;
}

/** Every operation of a document, to be read or changed in place. */
export function operationsOf(document: OpenAPIObject): LocatedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** Takes a mark of ours away and says what it held. */
export function takeExtension(operation: Operation, name: string): unknown {
  const marks = operation as unknown as Record<string, unknown>;
  const value = marks[name];
  delete marks[name];
  return value;
}
