import { all, compile } from '@fastify/proxy-addr';
import type { Config } from '@app/platform';
import type { IncomingMessage } from 'node:http';

/** Says of an address that sent something on, and of how many hops it is from us, whether it is to be believed. */
type Trust = (address: string, hop: number) => boolean;

/** A number says how many proxies stand in front of us: so many addresses, from the nearest, are to be believed. */
export function trustedProxies(setting: Config['values']['TRUST_PROXY']): Trust | undefined {
  if (setting === false) return undefined;
  return typeof setting === 'number' ? (_address, hop) => hop < setting : compile(setting);
}

/** Where a request comes from that the framework does not see, such as a handshake: what `request.ip` says of others. */
export function addressOf(request: IncomingMessage, trust: Trust | undefined): string {
  const { remoteAddress } = request.socket;
  // A connection that has closed has none any more.
  if (remoteAddress === undefined) return '';
  return (trust && all(request, trust).at(-1)) ?? remoteAddress;
}
