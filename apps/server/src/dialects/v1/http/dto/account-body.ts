import { createParamDecorator, ExecutionContext, Type } from '@nestjs/common';
import { FieldError, InvalidInput } from '@app/platform';
import { checkUserFields } from '@app/users';
import type { FastifyRequest } from 'fastify';
import { validateInput } from '../../../../transport/validation';

/**
 * The body of a form that people fill in: everything that is wrong with it is told at once, what the class says
 * of types and what the library says of names, addresses and passwords. In place of `@Body()`.
 */
export const AccountBody = createParamDecorator((type: Type<object>, context: ExecutionContext) =>
  readAccountFields(type, context.switchToHttp().getRequest<FastifyRequest>().body),
);

/** @throws MalformedInput, InvalidInput */
function readAccountFields(type: Type<object>, body: unknown): object {
  const errors = new Map<string, FieldError>();
  const input = collect(errors, () => validateInput(type, body));
  collect(errors, () => checkUserFields(textsOf(body as Record<string, unknown>)));
  if (errors.size > 0 || !input) throw new InvalidInput([...errors.values()]);
  return input;
}

/** Runs a check and keeps what it finds; the first word on a field is the one that counts. */
function collect<Result>(errors: Map<string, FieldError>, check: () => Result): Result | undefined {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    for (const field of error.fields ?? []) {
      if (!errors.has(field.path)) errors.set(field.path, field);
    }
    return undefined;
  }
}

function textsOf({ username, email, full_name, password }: Record<string, unknown>) {
  return {
    username: textOf(username),
    email: textOf(email),
    fullName: textOf(full_name),
    password: textOf(password),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
