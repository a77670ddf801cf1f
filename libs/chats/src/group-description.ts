import { countCodePoints, InvalidInput, isBlank, isStorable } from '@app/platform';
import { GROUP_DESCRIPTION_MAX_CHARACTERS } from './chat';

/**
 * The rule for what a group says about itself: up to 1000 characters, kept as typed; null for nothing.
 * @throws InvalidInput path `description`
 */
export function checkGroupDescription(description: string | null | undefined): string | null {
  if (description === null || description === undefined || isBlank(description)) return null;
  const length = countCodePoints(description);
  if (length > GROUP_DESCRIPTION_MAX_CHARACTERS) {
    const detail = `description: at most ${GROUP_DESCRIPTION_MAX_CHARACTERS} characters, ${length} given.`;
    throw InvalidInput.field('description', 'too_long', detail);
  }
  if (isStorable(description)) return description;
  throw InvalidInput.field('description', 'invalid', 'description: NUL and lone surrogates are not allowed.');
}
