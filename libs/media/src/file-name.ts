import { FILENAME_MAX_CHARACTERS } from './media';

/** Control characters, and those that turn the direction of text around: `gpj.exe` would read as `exe.jpg`. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const NAMELESS = 'file';
const MAX_EXTENSION = 20;

/**
 * What a file is shown and saved as: the last part of whatever path was given, in any script, without characters that
 * deceive or break headers. Never empty, never `.` or `..`. It is no path on our side: files are stored by their ids.
 */
export function cleanFileName(given: string): string {
  const base = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = base.replace(UNSAFE, '').trim().replace(/^\.+$/, '');
  return clean === '' ? NAMELESS : shorten([...clean]);
}

/** Keeps the extension, by which systems choose the program that opens it. */
function shorten(characters: readonly string[]): string {
  if (characters.length <= FILENAME_MAX_CHARACTERS) return characters.join('');
  const dot = characters.lastIndexOf('.');
  const extension = dot > 0 && characters.length - dot <= MAX_EXTENSION ? characters.slice(dot) : [];
  return [...characters.slice(0, FILENAME_MAX_CHARACTERS - extension.length), ...extension].join('');
}
