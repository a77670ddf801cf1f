import type { DomainError } from '@app/platform';
import { ErrorShape, plainShape, RenderedError, STATUSES } from '../../../transport/errors';
import { isOfChatroom } from '../paths';
import { Refusal } from './refusal';
import { sentenceOf } from './sentence';

/** `{"detail": "<sentence>"}`, for everything under the paths of this dialect. */
export class ChatroomErrorShape implements ErrorShape {
  matches(path: string): boolean {
    return isOfChatroom(path);
  }

  render(error: DomainError, status = statusOf(error)): RenderedError {
    return { ...plainShape.render(error, status), body: JSON.stringify({ detail: sentenceOf(error) }) };
  }
}

function statusOf(error: DomainError): number {
  return error instanceof Refusal ? error.status : STATUSES[error.kind];
}
