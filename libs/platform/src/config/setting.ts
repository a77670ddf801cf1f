/** One environment variable: how its text becomes a value, and what a reader of `.env.example` should know. */
export interface Setting<Value> {
  readonly about: string;
  /** Shown in `.env.example`; none where the default depends on something else. */
  readonly example: string;
  readonly parse: (text: string | undefined) => Value;
}

/** What is wrong with a value: completes the sentence "NAME … , but … was given". */
export class SettingError extends Error {
  constructor(
    readonly allowed: string,
    readonly secret = false,
  ) {
    super(allowed);
  }
}

interface Described {
  about: string;
}

export function text(options: Described & { default: string; example?: string }): Setting<string> {
  return {
    about: options.about,
    example: options.example ?? options.default,
    parse: (given) => given ?? options.default,
  };
}

export function optionalText(options: Described & { example?: string }): Setting<string | undefined> {
  return { about: options.about, example: options.example ?? '', parse: (given) => given };
}

/** Never shown in an error message. */
export function secret(options: Described & { minLength: number }): Setting<string | undefined> {
  return {
    about: options.about,
    example: '',
    parse: (given) => {
      if (given !== undefined && given.length < options.minLength) {
        throw new SettingError(`must have at least ${options.minLength} characters`, true);
      }
      return given;
    },
  };
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

export function list(options: Described & { check?: (item: string) => string | undefined }): Setting<string[]> {
  return {
    about: options.about,
    example: '',
    parse: (given) => {
      const items = (given ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      for (const item of items) {
        const allowed = options.check?.(item);
        if (allowed !== undefined) throw new SettingError(allowed);
      }
      return items;
    },
  };
}
