import { getMetadataStorage, ValidationError } from 'class-validator';

/** A rule as the decorator stated it: its arguments, and the code that checks one value. */
export interface StatedRule {
  readonly constraints: readonly unknown[];
  /** It is a rule about each item of a list. */
  readonly each: boolean;
  readonly accepts: (value: unknown) => boolean;
}

/** Looks up a broken rule by class-validator's name for it: its errors carry neither the limit nor the place in a list. */
export function rulesOf({ target, property }: ValidationError, name: string): StatedRule | undefined {
  const storage = getMetadataStorage();
  const type = (target as object).constructor;
  for (const rule of storage.getTargetValidationMetadatas(type, '', false, false)) {
    if (rule.propertyName !== property) continue;
    const [checker] = storage.getTargetValidatorConstraints(rule.constraintCls);
    if (!checker || (rule.name ?? checker.name) !== name) continue;
    const stated = { constraints: (rule.constraints ?? []) as unknown[], each: rule.each };
    const about = { property, object: target as object, constraints: stated.constraints, targetName: type.name };
    return { ...stated, accepts: (value) => checker.instance.validate(value, { ...about, value }) === true };
  }
  return undefined;
}
