import { Answer, expectProblem } from './api';
import { expectDetails, expectSentence } from './auth-chat';

/** Insists on a complete error in the shape of whichever dialect answered, and gives it as text. */
export function expectRefusal(answer: Answer<unknown>, status: number): string {
  if (answer.headers.get('content-type')?.startsWith('application/problem+json')) expectProblem(answer, status);
  else expectSentence(answer, status);
  return answer.text;
}

/** The same for any failure, also of those dialects that tell of bad fields by a list. */
export function expectFailure(answer: Answer<unknown>): void {
  const { detail } = (answer.body ?? {}) as { detail?: unknown };
  if (Array.isArray(detail)) expectDetails(answer);
  else expectRefusal(answer, answer.status);
}
