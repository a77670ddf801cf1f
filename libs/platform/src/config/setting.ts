/** One environment variable: how its text becomes a value, and what a reader of `.env.example` should know. */
export interface Setting<Value> {
  readonly about: string;
  /** Shown in `.env.example`; none where the default depends on something else. */
  readonly example: string;
  readonly parse: (text: string | undefined) => Value;
}

/** What is wrong with a value: completes the sentence "NAME … , but … was given". */
export class SettingError extends Error {
  constructor(readonly allowed: string) {
    super(allowed);
  }
}

interface Described {
  about: string;
}

/** `check` answers what is allowed if the text is not. */
type Check = (given: string) => string | undefined;

export function text(options: Described & { default: string; check?: Check }): Setting<string> {
  return {
    about: options.about,
    example: options.default,
    parse: (given = options.default) => {
      const allowed = options.check?.(given);
      if (allowed !== undefined) throw new SettingError(allowed);
      return given;
    },
  };
}

export function optionalText(options: Described): Setting<string | undefined> {
  return { about: options.about, example: '', parse: (given) => given };
}

export function integer(options: Described & { default: number; min: number; max: number }): Setting<number> {
  return {
    about: options.about,
    example: String(options.default),
    parse: (given) => {
      if (given === undefined) return options.default;
      const value = /^\d{1,15}$/.test(given) ? Number(given) : NaN;
      if (!(value >= options.min && value <= options.max)) {
        throw new SettingError(`must be a whole number from ${options.min} to ${options.max}`);
      }
      return value;
    },
  };
}

export function oneOf<const Value extends string>(
  options: Described & { default: Value; values: readonly Value[] },
): Setting<Value> {
  return {
    about: `${options.about} (${options.values.join(', ')})`,
    example: options.default,
    parse: (given) => {
      if (given === undefined) return options.default;
      const value = options.values.find((candidate) => candidate === given);
      if (value === undefined) throw new SettingError(`must be one of ${options.values.join(', ')}`);
      return value;
    },
  };
}

export function list(options: Described & { check?: Check }): Setting<string[]> {
  return {
    about: options.about,
    example: '',
    parse: (given = '') => {
      const items = splitList(given);
      for (const item of items) {
        const allowed = options.check?.(item);
        if (allowed !== undefined) throw new SettingError(allowed);
      }
      return items;
    },
  };
}

/** The items of a comma-separated list; an empty item is none. */
export function splitList(given: string): string[] {
  return given
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
