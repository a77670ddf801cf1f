import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { Actor as PlatformActor } from '@app/platform';
import { actorOf } from './request-actor';

/** Who asks. */
export type Actor = PlatformActor;

/** The parameter that gets who asks; not for public routes. */
export const Actor = createParamDecorator((_: unknown, context: ExecutionContext): PlatformActor => {
  const actor = actorOf(context.switchToHttp().getRequest());
  if (!actor) throw new Error('@Actor() stands on a public route');
  return actor;
});
