import { createPrivateKey, createPublicKey, KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SigningKeys } from './config';
import { ConfigError } from './config-error';
import type { ConfigValues } from './config-values';
import { keepGeneratedSecret } from './generated-secret';

const MIN_RSA_BITS = 2048;

/** Characters. A shorter one can be guessed from any token that it has signed. */
export const MIN_SECRET_LENGTH = 32;
const SHORT_SECRET = `SECRET_KEY has fewer than ${MIN_SECRET_LENGTH} characters: NODE_ENV=production would refuse it`;

/**
 * The keys that tokens are signed and verified with; for HS256 one is made where none was given.
 * @throws ConfigError if a key can't be read, does not suit the algorithm, or the two are not a pair.
 */
export function loadSigningKeys(values: ConfigValues, warnings: string[]): SigningKeys {
  if (values.ALGORITHM !== 'HS256') return loadKeyPair(values);
  const given = values.SECRET_KEY;
  if (given !== undefined) {
    if (given.length < MIN_SECRET_LENGTH) warnings.push(SHORT_SECRET);
    return { sign: given, verify: given };
  }
  const kept = keepGeneratedSecret(resolve(values.DATA_DIR));
  if (kept.isNew) warnings.push(`SECRET_KEY is not set: a key was made and is kept in ${kept.file}`);
  return { sign: kept.secret, verify: kept.secret };
}

function loadKeyPair(values: ConfigValues): SigningKeys {
  const sign = readKey('JWT_PRIVATE_KEY_FILE', values, createPrivateKey);
  const verify = readKey('JWT_PUBLIC_KEY_FILE', values, createPublicKey);
  if (!createPublicKey(toPem(sign)).equals(verify)) {
    throw new ConfigError(['JWT_PUBLIC_KEY_FILE must hold the public half of the key in JWT_PRIVATE_KEY_FILE']);
  }
  return { sign: toPem(sign), verify: toPem(verify) };
}

function readKey(
  name: 'JWT_PRIVATE_KEY_FILE' | 'JWT_PUBLIC_KEY_FILE',
  values: ConfigValues,
  parse: (pem: string) => KeyObject,
): KeyObject {
  const file = values[name] ?? '';
  try {
    const key = parse(readFileSync(file, 'utf8'));
    requireSuitable(key, values.ALGORITHM);
    return key;
  } catch (error) {
    throw new ConfigError([`${name} must name a readable PEM file, but "${file}" was given: ${String(error)}`]);
  }
}

function requireSuitable(key: KeyObject, algorithm: string): void {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  const suits =
    algorithm === 'RS256'
      ? key.asymmetricKeyType === 'rsa' && modulusLength >= MIN_RSA_BITS
      : namedCurve === 'prime256v1';
  if (suits) return;
  const wanted = algorithm === 'RS256' ? `an RSA key of at least ${MIN_RSA_BITS} bits` : 'a key on the curve P-256';
  throw new Error(`${algorithm} needs ${wanted}`);
}

function toPem(key: KeyObject): string {
  return key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString();
}
