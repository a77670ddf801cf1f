import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';

/** The request that opened a connection, with the query as Engine.IO has read it. */
type OpeningRequest = IncomingMessage & { readonly _query?: unknown };

/**
 * Keeps of the request that opened a connection only what is asked for later: who came, and with what. Engine.IO keeps
 * all of it for as long as the connection is open, which is a sixth of what an idle one takes.
 * @see https://socket.io/docs/v4/performance-tuning/#at-the-socketio-level
 */
export function forgetRequests(server: Server): void {
  server.engine.on('connection', (connection: { request?: OpeningRequest }) => {
    const { request } = connection;
    if (request) connection.request = whatIsAskedFor(request);
  });
}

/** What Socket.IO makes handshakes of, for each namespace that is entered, and {@link Handshakes} takes addresses from. */
function whatIsAskedFor({ method, url, headers, socket, _query }: OpeningRequest): OpeningRequest {
  return { method, url, headers, socket, connection: socket, _query } as Partial<OpeningRequest> as OpeningRequest;
}
