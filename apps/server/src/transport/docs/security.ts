import type { OpenAPIObject } from '@nestjs/swagger';
import { PUBLIC_EXTENSION } from './extensions';
import { operationsOf, takeExtension } from './operations';

/** Every operation asks for a token, but those of public routes. */
export function documentSecurity(document: OpenAPIObject): void {
  for (const { operation } of operationsOf(document)) {
    const isPublic = takeExtension(operation, PUBLIC_EXTENSION) === true;
    operation.security = isPublic ? [] : [{ bearer: [] }];
  }
}
