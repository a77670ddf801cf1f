import type { SETTINGS } from './settings';

type Settings = typeof SETTINGS;

/** Every setting by its name, validated. */
export type ConfigValues = { readonly [Name in keyof Settings]: ReturnType<Settings[Name]['parse']> };
