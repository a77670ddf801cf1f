import { DomainError } from '@app/platform';

/** An error in the words of the document: the same failure has other sentences at other addresses. */
export class Refusal extends DomainError {
  constructor(
    readonly status: number,
    sentence: string,
    error: DomainError,
  ) {
    const { kind, code, fields, retryAfterSeconds } = error;
    super(kind, code, sentence, { fields, retryAfterSeconds, cause: error });
  }
}

type ErrorClass = abstract new (...args: never[]) => DomainError;

/** What an error is called somewhere: the class, the status and the sentence. The first one that fits counts. */
export type Wording = readonly [error: ErrorClass, status: number, sentence: string];

/** The error in the words of the place, or as it is. */
export function reword(error: unknown, wordings: readonly Wording[]): unknown {
  if (!(error instanceof DomainError)) return error;
  const wording = wordings.find(([type]) => error instanceof type);
  return wording ? new Refusal(wording[1], wording[2], error) : error;
}
