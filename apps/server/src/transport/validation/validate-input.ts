import { ClassConstructor, plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { FieldError, InvalidInput, MalformedInput } from '@app/platform';
import { fieldErrorsOf, unknownField } from './field-errors';

/** A client that gets this much wrong is not helped by more. */
const MAX_REPORTED_FIELDS = 20;

/**
 * Makes an instance of `type` from what a client sent, and insists on every rule that its decorators state.
 * Nothing is converted unless the class says so; fields that the class does not have are refused.
 * @throws MalformedInput if it is no object
 * @throws InvalidInput names each bad field, up to 20
 */
export function validateInput<Input extends object>(type: ClassConstructor<Input>, value: unknown): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new MalformedInput('A JSON object is expected.');
  }
  const names = fieldNamesOf(type);
  // Only known names go on: `__proto__` and its like never reach the libraries below.
  const known = Object.fromEntries(
    names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, get(value, name)]),
  );
  const input = plainToInstance(type, known, { enableImplicitConversion: false });
  const errors: FieldError[] = fieldErrorsOf(
    validateSync(input, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
  );
  errors.push(...unknownNames(value, names).map(unknownField));
  if (errors.length > 0) throw new InvalidInput(errors.slice(0, MAX_REPORTED_FIELDS));
  return input;
}

function get(value: object, name: string): unknown {
  return (value as Record<string, unknown>)[name];
}

function unknownNames(value: object, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .slice(0, MAX_REPORTED_FIELDS);
}

const namesByType = new WeakMap<object, readonly string[]>();

/** Every property that has a rule. */
function fieldNamesOf(type: ClassConstructor<object>): readonly string[] {
  let names = namesByType.get(type);
  if (!names) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    names = [...new Set(rules.map((rule) => rule.propertyName))];
    namesByType.set(type, names);
  }
  return names;
}
