import { countCodePoints, InvalidInput, isBlank, isStorable } from '@app/platform';
import { CHAT_NAME_MAX_CHARACTERS } from './chat';

/**
 * The rule for names of groups: 1 to 100 characters, kept as typed; null for none.
 * @throws InvalidInput path `name`
 */
export function checkGroupName(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  const length = countCodePoints(name);
  if (length > CHAT_NAME_MAX_CHARACTERS) {
    throw InvalidInput.field(
      'name',
      'too_long',
      `name: at most ${CHAT_NAME_MAX_CHARACTERS} characters, ${length} given.`,
    );
  }
  if (isBlank(name))
    throw InvalidInput.field('name', 'empty', 'name: may not be empty; leave it out for a group without a name.');
  if (!isStorable(name)) throw InvalidInput.field('name', 'invalid', 'name: NUL and lone surrogates are not allowed.');
  return name;
}
