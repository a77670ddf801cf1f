import { ALIASES } from './settings';

/** Variables as a process has them: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What was given, by the names of our settings. An empty variable counts as not given:
 * that is how `.env` files leave things out.
 */
export class GivenSettings {
  /** Each name that was given under another one, and what to say about it. */
  readonly warnings: string[] = [];
  private readonly texts = new Map<string, string>();
  private readonly givenAs = new Map<string, string>();

  constructor(environment: Environment) {
    for (const [name, text] of Object.entries(environment)) {
      if (text !== undefined && text.trim() !== '') this.texts.set(name, text.trim());
    }
    for (const [alias, name] of Object.entries(ALIASES)) {
      this.readAs(name, alias, this.texts.get(alias));
    }
    if (this.texts.get('DEBUG')?.toLowerCase() === 'true') this.readAs('LOG_LEVEL', 'DEBUG', 'debug');
  }

  has(name: string): boolean {
    return this.texts.has(name);
  }

  text(name: string): string | undefined {
    return this.texts.get(name);
  }

  /** The variable that an operator has to look at: the old name if the setting was given by that. */
  nameOf(name: string): string {
    return this.givenAs.get(name) ?? name;
  }

  private readAs(name: string, alias: string, text: string | undefined): void {
    if (text === undefined || this.texts.has(name)) return;
    this.texts.set(name, text);
    this.givenAs.set(name, alias);
    const value = alias === 'DEBUG' ? `${name}=${text}` : name;
    this.warnings.push(`${alias} is read as ${value}; please rename it`);
  }
}
