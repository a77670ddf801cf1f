import { getMetadataStorage, validateSync } from 'class-validator';
import { FieldError, InvalidInput, MalformedInput } from '@app/platform';
import { fieldErrorsOf, unknownField } from './field-errors';
import { ignoresUnknownFields } from './ignores-unknown-fields.decorator';
import { isFaultless } from './quick-verdict';
import { isToBeInteger, toInteger } from './to-integer.decorator';

type Class<Instance> = new () => Instance;

/** What is known of a class of inputs. */
interface Shape {
  /** Those that have a rule. */
  readonly fields: readonly Field[];
  readonly names: ReadonlySet<string>;
  readonly ignoresUnknown: boolean;
}

interface Field {
  readonly name: string;
  /** What becomes of its value before that is judged. */
  readonly convert: (value: unknown) => unknown;
}

/** A client that gets this much wrong is not helped by more. */
const MAX_REPORTED_FIELDS = 20;

/**
 * Makes an instance of `type` from what a client sent, and insists on every rule that its decorators state.
 * Nothing is converted but what is marked `@ToInteger()`. Fields that the class does not have are refused,
 * or left out if the class is marked `@IgnoresUnknownFields()`.
 * @throws MalformedInput if it is no object
 * @throws InvalidInput names each bad field, up to 20
 */
export function validateInput<Input extends object>(type: Class<Input>, value: unknown): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new MalformedInput('A JSON object is expected.');
  }
  const { fields, names, ignoresUnknown } = shapeOf(type);
  const input = instantiate(type, value, fields);
  const errors = isFaultless(type, input) ? [] : faultsOf(input);
  if (!ignoresUnknown) for (const name of unknownNames(value, names)) errors.push(unknownField(name));
  if (errors.length > 0) throw new InvalidInput(errors.slice(0, MAX_REPORTED_FIELDS));
  return input;
}

function faultsOf(input: object): FieldError[] {
  return fieldErrorsOf(
    validateSync(input, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }),
  );
}

/** Takes over the fields that the class has, so that `__proto__` and its like go no further. */
function instantiate<Input extends object>(type: Class<Input>, value: object, fields: Shape['fields']): Input {
  const input = new type();
  for (const { name, convert } of fields) {
    if (!Object.hasOwn(value, name)) continue;
    (input as Record<string, unknown>)[name] = convert((value as Record<string, unknown>)[name]);
  }
  return input;
}

function unknownNames(value: object, known: ReadonlySet<string>): readonly string[] {
  const names: string[] = [];
  for (const name of Object.keys(value)) if (!known.has(name) && names.length < MAX_REPORTED_FIELDS) names.push(name);
  return names;
}

const shapes = new WeakMap<object, Shape>();

function shapeOf(type: Class<object>): Shape {
  const known = shapes.get(type);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const names = new Set(rules.map(({ propertyName }) => propertyName));
  const asIs = (value: unknown): unknown => value;
  const fields = [...names].map((name) => ({ name, convert: isToBeInteger(type, name) ? toInteger : asIs }));
  const shape = { fields, names, ignoresUnknown: ignoresUnknownFields(type) };
  shapes.set(type, shape);
  return shape;
}
