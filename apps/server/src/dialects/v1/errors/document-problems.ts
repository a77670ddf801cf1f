import type { OpenAPIObject } from '@nestjs/swagger';
import { LocatedOperation, Operation, operationsOf, PROBLEMS_EXTENSION, takeExtension } from '../../../transport/docs';
import { sampleOf } from './error-samples';
import { Problem, toProblem } from './problem';
import { FIELD_ERROR_SCHEMA, PROBLEM_SCHEMA } from './problem.schema';

const MEDIA_TYPE = 'application/problem+json';

/** Adds every failure of every operation of this dialect: its own (`@ApiProblems`), and what can happen to any. */
export function documentProblems(document: OpenAPIObject): void {
  const schemas = { ...document.components?.schemas, Problem: PROBLEM_SCHEMA, FieldError: FIELD_ERROR_SCHEMA };
  const named = new Set<string>();
  for (const located of operationsOf(document)) {
    if (!located.path.startsWith('/api/v1/')) continue;
    const own = (takeExtension(located.operation, PROBLEMS_EXTENSION) ?? []) as readonly string[];
    const codes = [...new Set([...commonCodes(located), ...own])];
    addProblems(located.operation, codes);
    codes.forEach((code) => named.add(code));
  }
  document.components = { ...document.components, schemas, examples: examplesOf([...named].sort()) };
}

/** Each problem is shown once, and referred to by the operations that can answer with it. */
function examplesOf(codes: readonly string[]) {
  const problems = codes.map((code) => toProblem(sampleOf(code)));
  return Object.fromEntries(problems.map((problem) => [problem.code, { summary: problem.detail, value: problem }]));
}

function commonCodes({ path, method, operation }: LocatedOperation): string[] {
  const isPublic = operation.security?.length === 0;
  const isWrite = !['get', 'head', 'options'].includes(method);
  // A body is read before it is known that nobody asked for one; and a parameter in a path may be badly encoded.
  const isReadable = !isWrite && !path.includes('{');
  return [
    ...(isReadable ? [] : ['request.malformed']),
    ...(isWrite ? ['request.too_large', 'request.unsupported_media_type'] : []),
    ...(operation.requestBody === undefined ? [] : ['request.invalid']),
    ...(isPublic ? [] : ['auth.missing_token', 'auth.invalid_token', 'auth.expired_token']),
    'request.rate_limited',
    ...(isWrite ? ['service.busy'] : []),
  ];
}

function addProblems({ responses }: Operation, codes: readonly string[]): void {
  const byStatus = Map.groupBy(
    codes.map((code) => toProblem(sampleOf(code))),
    ({ status }) => status,
  );
  for (const [status, problems] of byStatus) responses[status] ??= describe(problems);
}

function describe(problems: readonly Problem[]): Operation['responses'][string] {
  const schema = { $ref: '#/components/schemas/Problem' };
  const examples = Object.fromEntries(problems.map(({ code }) => [code, { $ref: `#/components/examples/${code}` }]));
  const codes = problems.map(({ code }) => `\`${code}\``).join(', ');
  return { description: `${problems[0]?.title}: ${codes}`, content: { [MEDIA_TYPE]: { schema, examples } } };
}
