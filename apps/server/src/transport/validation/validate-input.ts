import { ClassConstructor, plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { FieldError, InvalidInput, MalformedInput } from '@app/platform';
import { fieldErrorsOf, unknownField } from './field-errors';
import { ignoresUnknownFields } from './ignores-unknown-fields.decorator';

/** A client that gets this much wrong is not helped by more. */
const MAX_REPORTED_FIELDS = 20;

/**
 * Makes an instance of `type` from what a client sent, and insists on every rule that its decorators state.
 * Nothing is converted unless the class says so; fields that the class does not have are refused,
 * or left out if the class is marked `@IgnoresUnknownFields()`.
 * @throws MalformedInput if it is no object
 * @throws InvalidInput names each bad field, up to 20
 */
export function validateInput<Input extends object>(type: ClassConstructor<Input>, value: unknown): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new MalformedInput('A JSON object is expected.');
  }
  const names = fieldNamesOf(type);
  const input = instantiate(type, value, names);
  const errors: FieldError[] = fieldErrorsOf(
    validateSync(input, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
  );
  if (!ignoresUnknownFields(type)) errors.push(...unknownNames(value, names).map(unknownField));
  if (errors.length > 0) throw new InvalidInput(errors.slice(0, MAX_REPORTED_FIELDS));
  return input;
}

/**
 * Takes over the fields that the class has, so that `__proto__` and its like go no further. Only simple values pass
 * through class-transformer: it looks into objects, and would believe one that says what its `constructor` is.
 */
function instantiate<Input extends object>(
  type: ClassConstructor<Input>,
  value: object,
  names: readonly string[],
): Input {
  const given = names
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, (value as Record<string, unknown>)[name]] as const);
  const [nested, simple] = [
    given.filter(([, field]) => isObject(field)),
    given.filter(([, field]) => !isObject(field)),
  ];
  const input = plainToInstance(type, Object.fromEntries(simple), { enableImplicitConversion: false });
  return Object.assign(input, Object.fromEntries(nested));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
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
