import type { Actor } from '@app/platform';
import type { Namespace, Socket } from 'socket.io';
import type { Pace } from '../pacing/pace';

/** The token of a handshake, with or without `Bearer `: in `auth.token` or the header; empty if there is none. */
export function tokenOf({ handshake }: Socket): string {
  const { token } = handshake.auth as { token?: unknown };
  return typeof token === 'string' ? token : (handshake.headers.authorization ?? '');
}

/** Nobody asks for it again: it is not to be found in memory for as long as the socket is open. */
function forgetToken({ handshake }: Socket): void {
  const auth = handshake.auth as { token?: unknown };
  if (auth.token !== undefined) auth.token = undefined;
}

/**
 * Socket.IO closes a connection, and says nothing, that is in no namespace after `connectTimeout`: it is meant for those
 * who ask for none. Who waits here has asked.
 *
 * The timer is not part of its interface: without it, who waits for too long is closed.
 * @returns what is to be cleared when it has its turn
 */
function holdBack({ client, conn, nsp }: Socket): NodeJS.Timeout {
  const { connectTimeout } = client as unknown as { connectTimeout?: NodeJS.Timeout };
  connectTimeout?.refresh();
  const clock = setInterval(() => {
    if (conn.readyState === 'open') connectTimeout?.refresh();
    else clearInterval(clock);
  }, nsp.server.connectTimeout() / 2);
  return clock.unref();
}

/**
 * Lets nobody into the namespace whom `authenticate` does not know, and others when their turn comes; whom it knows,
 * `actorOf` tells afterwards.
 * @param refusalOf what a client that was refused finds in `connect_error`
 */
export function admit(
  namespace: Namespace,
  pace: Pace,
  authenticate: (socket: Socket) => Promise<Actor>,
  refusalOf: (error: unknown) => Error,
): void {
  namespace.use((socket, next) => {
    let hasBegun = false;
    let clock: NodeJS.Timeout | undefined;
    const begin = async (): Promise<void> => {
      hasBegun = true;
      clearInterval(clock);
      try {
        (socket.data as { actor: Actor }).actor = await authenticate(socket);
      } catch (error) {
        return next(refusalOf(error));
      }
      forgetToken(socket);
      next();
    };
    try {
      pace.enter('connect', socket.conn, () => void begin());
      // Nothing is gained by asking again and again on a server that has time.
      if (!hasBegun) clock = holdBack(socket);
    } catch (error) {
      next(refusalOf(error));
    }
  });
}

/** Whose socket it is that was admitted. */
export function actorOf(socket: Socket): Actor {
  return (socket.data as { actor: Actor }).actor;
}
