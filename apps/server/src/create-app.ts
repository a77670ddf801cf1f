import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '@app/platform';
import { AppModule } from './app.module';
import { serveDocs } from './transport/docs/serve-docs';
import { ErrorResponder } from './transport/errors/error-responder';
import { AllowedMethods } from './transport/http/allowed-methods';
import { BrokenRequests } from './transport/http/broken-requests';
import { limitBodyTime } from './transport/http/body-deadline';
import { allowCookies } from './transport/http/cookies';
import { allowOrigins } from './transport/http/cors';
import { acceptFormBodies } from './transport/http/form-body';
import { acceptJsonBodies } from './transport/http/json-body';
import { RequestDrain } from './transport/http/request-drain';
import { echoRequestIds } from './transport/http/request-id';
import { sendSecurityHeaders } from './transport/http/security-headers';
import { serverOptions } from './transport/http/server-options';
import { acceptUploads } from './transport/http/uploads';
import { Pace } from './transport/pacing/pace';
import { PacedConnections } from './transport/pacing/paced-connections';
import { paceRequests } from './transport/pacing/paced-requests';
import { UnguardedRequests } from './transport/limits/unguarded-requests';
import { RequestObserver } from './transport/logging/request-observer';
import { ServerLogger } from './transport/logging/server-logger';
import { ChatIoAdapter } from './transport/sockets/io-adapter';
import { UpgradeRouter } from './transport/sockets/upgrade-router';

/**
 * The only assembly: the server, tests and the generator of the API document call it.
 * Opens the stores; listens on nothing yet. `close()` gives everything back.
 * @throws DataDirInUse, and what the stores throw when they can't be opened
 */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const broken = new BrokenRequests();
  const adapter = new FastifyAdapter({
    ...serverOptions(config),
    frameworkErrors: broken.onBadAddress,
    clientErrorHandler: broken.onBadRequest,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(config), adapter, {
    bufferLogs: true,
    // Whoever starts the app says what went wrong, once.
    autoFlushLogs: false,
    abortOnError: false,
    bodyParser: false,
    // When it comes to this, everyone has been answered and told: who is still there does not listen.
    forceCloseConnections: true,
  });
  app.useLogger(app.get(ServerLogger));
  app.flushLogs();
  broken.answerWith(app.get(ErrorResponder));
  assembleHttp(app, config);
  assembleSockets(app);
  serveDocs(app);
  return app;
}

/** Everything here is added before the first route: hooks hold for the routes that come after them. */
function assembleHttp(app: NestFastifyApplication, config: Config): void {
  const server = app.getHttpAdapter().getInstance();
  app.get(AllowedMethods).watch(server);
  app.get(RequestDrain).watch(server);
  echoRequestIds(server);
  app.get(RequestObserver).watch(server);
  app.get(PacedConnections).watch(app.getHttpServer());
  paceRequests(server, app.get(Pace));
  sendSecurityHeaders(server);
  allowOrigins(app, config);
  allowCookies(server);
  app.get(UnguardedRequests).watch(server);
  acceptJsonBodies(server);
  acceptFormBodies(server);
  acceptUploads(server);
  limitBodyTime(server);
}

/** Socket.IO and raw WebSockets share the port; dialects add their doors to both. */
function assembleSockets(app: NestFastifyApplication): void {
  app.useWebSocketAdapter(new ChatIoAdapter(app));
  app.get(UpgradeRouter).listen(app.getHttpServer());
}
