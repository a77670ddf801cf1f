import type { ServerOptions } from 'node:http';
import type { Config } from '@app/platform';
import type { FastifyServerOptions } from 'fastify';
import { MAX_BODY_BYTES } from './body-limits';
import { requestIdOf } from './request-id';

const SECOND = 1000;

/** How the HTTP server behaves towards slow, broken and huge requests. */
export function serverOptions(config: Config): FastifyServerOptions & { http: ServerOptions } {
  return {
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: trustedProxies(config.values.TRUST_PROXY),
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: true },
    // Whoever sends a request byte by byte holds a connection for half a minute at most.
    requestTimeout: 30 * SECOND,
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

/** A number says how many proxies stand in front of us: so many addresses, from the nearest, are to be believed. */
function trustedProxies(setting: Config['values']['TRUST_PROXY']): FastifyServerOptions['trustProxy'] {
  return typeof setting === 'number' ? (_address, hop) => hop < setting : setting;
}
