import type { ServerOptions } from 'node:http';
import type { Config } from '@app/platform';
import type { FastifyServerOptions } from 'fastify';
import { MAX_REQUEST_MS } from './body-deadline';
import { MAX_BODY_BYTES } from './body-limits';
import { trustedProxies } from './client-addresses';
import { requestIdOf } from './request-id';

const SECOND = 1000;

/** How the HTTP server behaves towards slow, broken and huge requests. */
export function serverOptions(config: Config): FastifyServerOptions & { http: ServerOptions } {
  return {
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: trustedProxies(config.values.TRUST_PROXY) ?? false,
    genReqId: requestIdOf,
    // A file name of 200 characters, each of up to 12 in a path, is the longest part of an address.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2400 },
    requestTimeout: MAX_REQUEST_MS,
    http: {
      headersTimeout: 10 * SECOND,
      connectionsCheckingInterval: 5 * SECOND,
      // Clients that would rather speak HTTP/2 (`Upgrade: h2c`) are served as they are.
      shouldUpgradeCallback: ({ headers }) => /^websocket$/i.test(headers.upgrade ?? ''),
    },
    // Longer than the idle time of common load balancers, which else meet a connection that we just closed.
    keepAliveTimeout: 72 * SECOND,
    return503OnClosing: false,
  };
}
