/** How one rule of class-validator is told to clients. */
export interface Rule {
  /** Stable, part of the contract. */
  readonly code: string;
  /** Completes "field: …, but … was given", from the arguments of the decorator. */
  readonly sentence: (...limits: readonly unknown[]) => string;
}

const counted = (count: unknown, one: string): string => `${String(count)} ${one}${count === 1 ? '' : 's'}`;
const choice = (values: unknown): string => Object.values(values as object).join(', ');

/** By class-validator's names, in the order in which they matter: what it is, then how long or large it is. */
export const RULES: Readonly<Record<string, Rule | undefined>> = {
  isDefined: { code: 'required', sentence: () => 'is required' },
  isNotEmpty: { code: 'required', sentence: () => 'must not be empty' },
  // Before the rules about its items, which whatever is no list breaks as well.
  isArray: { code: 'not_a_list', sentence: () => 'must be a list' },
  isString: { code: 'not_a_string', sentence: () => 'must be a string' },
  isInt: { code: 'not_an_integer', sentence: () => 'must be a whole number' },
  isNumber: { code: 'not_a_number', sentence: () => 'must be a number' },
  isBoolean: { code: 'not_a_boolean', sentence: () => 'must be true or false' },
  isObject: { code: 'not_an_object', sentence: () => 'must be an object' },
  nestedValidation: { code: 'not_an_object', sentence: () => 'must be an object' },
  isIn: { code: 'not_one_of', sentence: (values) => `must be one of ${choice(values)}` },
  isEnum: { code: 'not_one_of', sentence: (values) => `must be one of ${choice(values)}` },
  isEmail: { code: 'not_an_email', sentence: () => 'must be an e-mail address' },
  arrayNotEmpty: { code: 'too_short', sentence: () => 'must have at least 1 item' },
  arrayMinSize: { code: 'too_short', sentence: (min) => `must have at least ${counted(min, 'item')}` },
  arrayMaxSize: { code: 'too_long', sentence: (max) => `must have at most ${counted(max, 'item')}` },
  arrayUnique: { code: 'not_unique', sentence: () => 'must not have the same item twice' },
  minLength: { code: 'too_short', sentence: (min) => `must have at least ${counted(min, 'character')}` },
  maxLength: { code: 'too_long', sentence: (max) => `must have at most ${counted(max, 'character')}` },
  min: { code: 'too_small', sentence: (min) => `must be at least ${String(min)}` },
  max: { code: 'too_large', sentence: (max) => `must be at most ${String(max)}` },
};
