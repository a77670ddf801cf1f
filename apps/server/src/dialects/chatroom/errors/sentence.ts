import type { DomainError } from '@app/platform';

/** What a client is told: the rules for texts call them `content`, and here they come as `message`. */
export function sentenceOf(error: DomainError): string {
  return error.message.replace(/^content:/, 'message:');
}
