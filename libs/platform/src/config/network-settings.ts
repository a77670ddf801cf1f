import { isIP } from 'node:net';
import { Setting, SettingError, splitList } from './setting';

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i;

export function checkHost(given: string): string | undefined {
  const allowed = isIP(given) !== 0 || HOST_NAME.test(given);
  return allowed ? undefined : 'must be an address or a host name, without scheme and port';
}

/** Exactly as a browser writes it into `Origin`, since that is what it is compared with. */
export function checkOrigin(given: string): string | undefined {
  const url = URL.parse(given);
  const allowed = url !== null && /^https?:$/.test(url.protocol) && url.origin === given;
  return allowed ? undefined : 'must list origins such as https://chat.example.org, without a path';
}

/** An address of a service, without a path: what stands at the end is ours to add. */
export function optionalAddress(options: { about: string }): Setting<string | undefined> {
  return {
    about: options.about,
    example: '',
    parse: (given) => {
      if (given === undefined || checkOrigin(given) === undefined) return given;
      throw new SettingError('must be an address such as https://files.example.org, without a path');
    },
  };
}

/** A hop count, or addresses and networks of the proxies whose `X-Forwarded-For` counts. */
export function trustProxy(): Setting<number | string[] | false> {
  return {
    about: 'proxies whose X-Forwarded-For counts: how many, or their addresses and networks, comma-separated',
    example: '',
    parse: (given) => {
      if (given === undefined) return false;
      if (/^\d{1,2}$/.test(given)) return Number(given);
      const proxies = splitList(given);
      if (proxies.length === 0 || !proxies.every(isNetwork)) {
        throw new SettingError('must be a number of proxies up to 99, or a comma-separated list of addresses');
      }
      return proxies;
    },
  };
}

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`. */
function isNetwork(given: string): boolean {
  const [address = '', prefix, ...rest] = given.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128);
}
