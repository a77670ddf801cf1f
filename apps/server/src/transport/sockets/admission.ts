import type { Actor } from '@app/platform';
import type { Namespace, Socket } from 'socket.io';

/** The token of a handshake, with or without `Bearer `: in `auth.token` or the header; empty if there is none. */
export function tokenOf({ handshake }: Socket): string {
  const { token } = handshake.auth as { token?: unknown };
  return typeof token === 'string' ? token : (handshake.headers.authorization ?? '');
}

/**
 * Lets nobody into the namespace whom `authenticate` does not know; whom it knows, `actorOf` tells afterwards.
 * @param refusalOf what a client that was refused finds in `connect_error`
 */
export function admit(
  namespace: Namespace,
  authenticate: (socket: Socket) => Promise<Actor>,
  refusalOf: (error: unknown) => Error,
): void {
  namespace.use((socket, next) => {
    authenticate(socket).then(
      (actor) => {
        (socket.data as { actor: Actor }).actor = actor;
        next();
      },
      (error: unknown) => next(refusalOf(error)),
    );
  });
}

/** Whose socket it is that was admitted. */
export function actorOf(socket: Socket): Actor {
  return (socket.data as { actor: Actor }).actor;
}
