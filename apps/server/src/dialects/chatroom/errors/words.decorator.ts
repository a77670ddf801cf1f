import { applyDecorators, CallHandler, ExecutionContext, NestInterceptor, UseInterceptors } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { catchError, Observable } from 'rxjs';
import { reword, Wording } from './refusal';

/** The mark that is left in the API document until the errors are written into it. */
export const WORDINGS_EXTENSION = 'x-chatroom-wordings';

class Rewording implements NestInterceptor {
  constructor(private readonly wordings: readonly Wording[]) {}

  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        throw reword(error, this.wordings);
      }),
    );
  }
}

/** What the errors of a route are called there; all others keep their own sentence. */
export const Words = (...wordings: readonly Wording[]) =>
  applyDecorators(
    UseInterceptors(new Rewording(wordings)),
    ApiExtension(
      WORDINGS_EXTENSION,
      wordings.map(([, status, sentence]) => ({ status, sentence })),
    ),
  );
