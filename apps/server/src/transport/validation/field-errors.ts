import type { ValidationError } from 'class-validator';
import type { FieldError } from '@app/platform';
import { describeGiven } from './describe-given';
import { badItemsOf } from './each-item';
import { rulesOf } from './rules';
import { RULES, Rule } from './sentences';

/** What class-validator found, in our terms: one entry per bad field, each with the rule that matters most. */
export function fieldErrorsOf(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = parent === '' ? error.property : `${parent}.${error.property}`;
    const nested = fieldErrorsOf(error.children ?? [], path);
    return nested.length > 0 ? nested : ownErrors(error, path);
  });
}

export function unknownField(path: string): FieldError {
  const shown = path.length > 64 ? `${path.slice(0, 64)}…` : path;
  return { path: shown, code: 'unknown_field', detail: `${shown}: there is no such field.` };
}

function ownErrors(error: ValidationError, path: string): FieldError[] {
  const broken = Object.keys(error.constraints ?? {});
  const name = broken.sort((a, b) => rankOf(a) - rankOf(b))[0];
  if (name === undefined) return [];
  if (name === 'whitelistValidation') return [unknownField(path)];
  const rule = rulesOf(error, name);
  if (rule?.each && Array.isArray(error.value)) {
    return badItemsOf(rule, error).map(({ index, value }) =>
      fieldError(`${path}.${index}`, name, rule.constraints, value),
    );
  }
  return [fieldError(path, name, rule?.constraints ?? [], error.value)];
}

function fieldError(path: string, name: string, limits: readonly unknown[], value: unknown): FieldError {
  if (value === undefined) return { path, code: 'required', detail: `${path}: is required.` };
  const { code, sentence }: Rule = RULES[name] ?? { code: 'invalid', sentence: () => 'is not valid' };
  return { path, code, detail: `${path}: ${sentence(...limits)}, but ${describeGiven(path, value)} was given.` };
}

/** The type of a value is told before its size; rules without a place in the table come last. */
function rankOf(name: string): number {
  const rank = Object.keys(RULES).indexOf(name);
  return rank === -1 ? Number.MAX_SAFE_INTEGER : rank;
}
