import { TextField } from '../../../transport/docs';

export { TextField };

/** Decorators for the kinds of values that appear on the wire of this dialect. */

/** The ids of the other dialects, as text. */
export function IdField(description: string, example = '42'): PropertyDecorator {
  return TextField(description, { pattern: '^[1-9][0-9]*$', example });
}

export function EmailField(description: string): PropertyDecorator {
  return TextField(`${description} An e-mail address; the username of someone without one.`, {
    example: 'john@example.org',
  });
}
