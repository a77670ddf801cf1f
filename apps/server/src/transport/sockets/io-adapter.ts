import { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Config } from '@app/platform';
import type { IncomingMessage } from 'node:http';
import type { Server, ServerOptions } from 'socket.io';
import { OriginPolicy } from './origin-policy';

/** A frame may have as much as a request body. */
export const MAX_FRAME_BYTES = 256 * 1024;
/** A peer that answers no ping for two of these is gone: found within 40 s. */
export const HEARTBEAT_MS = 20_000;
/** More than this unsent, and the connection is closed. */
export const MAX_UNSENT_BYTES = 1024 * 1024;

/** Socket.IO with our limits, and beside our own raw WebSockets on one port. */
export class ChatIoAdapter extends IoAdapter {
  private readonly config: Config;
  private readonly origins: OriginPolicy;

  constructor(app: INestApplicationContext) {
    super(app);
    this.config = app.get(Config);
    this.origins = app.get(OriginPolicy);
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
      cors: origins.length > 0 ? { origin: [...origins] } : undefined,
      allowRequest: (request: IncomingMessage, decide: (error: string | null, allowed: boolean) => void) =>
        decide(null, this.origins.allows(request)),
    } as ServerOptions);
    // Socket.IO lets everybody into `/` unless somebody says otherwise; a dialect that serves it has its own say.
    server.of('/').use((_socket, next) => next(new Error('There is nothing at this namespace: use /v1.')));
    return server;
  }
}
