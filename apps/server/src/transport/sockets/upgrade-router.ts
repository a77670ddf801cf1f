import { Injectable } from '@nestjs/common';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Pace } from '../pacing/pace';
import { paceUpgrade, refuse } from './paced-upgrade';
import { OriginPolicy } from './origin-policy';

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Addresses that Engine.IO serves by its own listeners on the same server: see `ChatIoAdapter`. */
const ENGINE_ADDRESS = /^(\/ws)?\/socket\.io[/?]/;

/**
 * Gives each WebSocket upgrade to the dialect whose path it is. One listener for all: a library that took over
 * every upgrade could not live beside Socket.IO. Unknown paths are answered 404, foreign origins 403.
 * The others are let in at the common pace.
 */
@Injectable()
export class UpgradeRouter {
  private readonly routes: { path: RegExp; handler: UpgradeHandler }[] = [];
  private isStopping = false;

  constructor(
    private readonly origins: OriginPolicy,
    private readonly pace: Pace,
  ) {}

  route(path: RegExp, handler: UpgradeHandler): void {
    this.routes.push({ path, handler });
  }

  listen(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.dispatch(request, socket, head),
    );
  }

  /** From now on every upgrade is refused: the server is going. */
  stop(): void {
    this.isStopping = true;
  }

  private dispatch(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Without a listener, a client that resets the connection meanwhile would end the process.
    socket.on('error', destroy);
    const path = pathOf(request);
    if (ENGINE_ADDRESS.test(request.url ?? '')) return;
    const route = this.routes.find((candidate) => candidate.path.test(path));
    if (this.isStopping) refuse(socket, '503 Service Unavailable');
    else if (!route) refuse(socket, '404 Not Found');
    else if (!this.origins.allows(request)) refuse(socket, '403 Forbidden');
    else paceUpgrade(this.pace, socket, () => route.handler(request, socket, head));
  }
}

/** No arrow function: one within `dispatch` would keep the request for as long as the connection is open. */
function destroy(this: Duplex): void {
  this.destroy();
}

/** The path without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}
