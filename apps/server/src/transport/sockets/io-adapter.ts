import { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Config } from '@app/platform';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { Pace } from '../pacing/pace';
import { closeConnectFloods } from './connect-flood';
import { forgetRequests } from './forgotten-requests';
import { gatherPings } from './gathered-pings';
import { OriginPolicy } from './origin-policy';
import { paceUpgrade } from './paced-upgrade';

/**
 * Where Engine.IO is served beside its usual `/socket.io/`: some services mount it under `/ws`, and some clients leave
 * the last slash out. Engine.IO compares the beginning of the address, query and all; there always is one.
 */
const OTHER_ENGINE_PATHS = ['/socket.io?', '/ws/socket.io/', '/ws/socket.io?'];
/** A frame may have as much as a request body. */
export const MAX_FRAME_BYTES = 256 * 1024;
/** A peer that answers no ping for two of these is gone: found within 40 s. */
export const HEARTBEAT_MS = 20_000;
/** More than this unsent, and the connection is closed. */
export const MAX_UNSENT_BYTES = 1024 * 1024;

/** What Engine.IO's server has and Socket.IO's types leave out. */
interface Attachable {
  attach(server: HttpServer, options: { path: string; addTrailingSlash: boolean; destroyUpgrade: boolean }): void;
}

/** Socket.IO with our limits, and beside our own raw WebSockets on one port. */
export class ChatIoAdapter extends IoAdapter {
  private readonly config: Config;
  private readonly origins: OriginPolicy;
  private readonly pace: Pace;

  constructor(app: INestApplicationContext) {
    super(app);
    this.config = app.get(Config);
    this.origins = app.get(OriginPolicy);
    this.pace = app.get(Pace);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const origins = this.config.values.CORS_ORIGINS;
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      // Upgrades of other paths are not Engine.IO's to destroy: see UpgradeRouter.
      destroyUpgrade: false,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      pingInterval: HEARTBEAT_MS,
      pingTimeout: HEARTBEAT_MS,
      connectTimeout: 10_000,
      // Five times slower, and 16 KB a socket.
      perMessageDeflate: false,
      httpCompression: false,
      cors: origins.length > 0 ? { origin: [...origins], credentials: true } : undefined,
      allowRequest: (request: IncomingMessage, decide: (error: string | null, allowed: boolean) => void) =>
        paceUpgrade(this.pace, request.socket, () => decide(null, this.origins.allows(request))),
    } as ServerOptions);
    gatherPings(server);
    forgetRequests(server);
    // The same engine at other addresses: its sockets are in the same namespaces.
    for (const path of OTHER_ENGINE_PATHS) {
      (server.engine as Attachable).attach(this.httpServer as HttpServer, {
        path,
        addTrailingSlash: path.endsWith('/'),
        destroyUpgrade: false,
      });
    }
    if (this.config.rateLimitsOn) closeConnectFloods(server);
    return server;
  }

  /** Nest prepares for each socket what only gateways with handlers of single events need. */
  override bindMessageHandlers(...[socket, handlers, transform]: Parameters<IoAdapter['bindMessageHandlers']>): void {
    if (handlers.length > 0) super.bindMessageHandlers(socket, handlers, transform);
  }
}
