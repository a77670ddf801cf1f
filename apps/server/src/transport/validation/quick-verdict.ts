import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Rules = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;
type Rule = Rules[number];
type Check = (input: object, value: unknown) => boolean;

interface FieldChecks {
  readonly name: string;
  /** The others only count where all of these hold: `@IsOptional()`, `@ValidateIf()`. */
  readonly conditions: readonly Check[];
  readonly rules: readonly Check[];
}

const checksByType = new WeakMap<object, readonly FieldChecks[] | undefined>();

/**
 * Whether an input keeps every rule of its class: the same functions of class-validator's decorators, called with the
 * same arguments, without the report that class-validator prepares for the case of a fault. That costs ten times as
 * much, which counts where a message is a frame.
 * @returns false also for a class with rules of a kind that is not known here: class-validator has the last word
 */
export function isFaultless(type: new () => object, input: object): boolean {
  if (!checksByType.has(type)) checksByType.set(type, checksOf(type));
  const fields = checksByType.get(type);
  if (!fields) return false;
  for (const field of fields) if (!keepsRules(field, input)) return false;
  return true;
}

function keepsRules({ name, conditions, rules }: FieldChecks, input: object): boolean {
  const value = (input as Record<string, unknown>)[name];
  return !allHold(conditions, input, value) || allHold(rules, input, value);
}

/** A loop, as `every` makes a function for each field of each message. */
function allHold(checks: readonly Check[], input: object, value: unknown): boolean {
  for (const holds of checks) if (!holds(input, value)) return false;
  return true;
}

function checksOf(type: new () => object): FieldChecks[] | undefined {
  const all = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  if (!all.every((rule) => isCondition(rule) || isPlain(rule))) return undefined;
  return [...Map.groupBy(all, ({ propertyName }) => propertyName)].map(([name, rules]) => ({
    name,
    conditions: rules.filter(isCondition).map(conditionOf),
    rules: rules.filter(isPlain).flatMap((rule) => checksOfRule(type, rule)),
  }));
}

function isCondition({ type }: Rule): boolean {
  return type === ValidationTypes.CONDITIONAL_VALIDATION;
}

/** One that looks at the value, or each of its items, and answers at once. */
function isPlain({ type, validateIf, constraintCls }: Rule): boolean {
  if (type !== ValidationTypes.CUSTOM_VALIDATION || validateIf) return false;
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .every((checker) => !checker.async);
}

function conditionOf({ constraints }: Rule): Check {
  const [holds] = constraints as [Check];
  return holds;
}

function checksOfRule(type: new () => object, { propertyName: property, constraints, constraintCls, each }: Rule) {
  const stated = { property, constraints: (constraints ?? []) as unknown[], targetName: type.name };
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }): Check => {
      // One for all calls: they answer at once, and keep nothing.
      const given = { ...stated, object: {}, value: undefined as unknown };
      const accepts: Check = (object, value) => {
        given.object = object;
        given.value = value;
        return instance.validate(value, given) === true;
      };
      if (!each) return accepts;
      return (object, value) =>
        Array.isArray(value) ? value.every((item) => accepts(object, item)) : accepts(object, value);
    });
}
