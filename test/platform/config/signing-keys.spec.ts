import { generateKeyPairSync, KeyObject, sign, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@app/platform';
import { makeTempFolder } from '../../support/temp-folder';

const DATA_DIR = makeTempFolder();

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });

function load(ALGORITHM: string, { privateKey, publicKey }: Pair) {
  const folder = makeTempFolder();
  const [JWT_PRIVATE_KEY_FILE, JWT_PUBLIC_KEY_FILE] = [join(folder, 'private.pem'), join(folder, 'public.pem')];
  writeFileSync(JWT_PRIVATE_KEY_FILE, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(JWT_PUBLIC_KEY_FILE, publicKey.export({ type: 'spki', format: 'pem' }));
  return loadConfig({ DATA_DIR, ALGORITHM, JWT_PRIVATE_KEY_FILE, JWT_PUBLIC_KEY_FILE });
}

describe('RS256 and ES256', () => {
  it.each([
    ['RS256', rsa],
    ['ES256', p256],
  ])('%s signs with one key and verifies with the other', (algorithm, pair) => {
    const { keys } = load(algorithm, pair);
    const signature = sign('sha256', Buffer.from('text'), keys.sign);
    expect(verify('sha256', Buffer.from('text'), keys.verify, signature)).toBe(true);
    expect(keys.verify).not.toContain('PRIVATE');
  });

  it.each([
    ['RS256', p256, 'RS256 needs an RSA key of at least 2048 bits'],
    ['RS256', shortRsa, 'RS256 needs an RSA key of at least 2048 bits'],
    ['ES256', rsa, 'ES256 needs a key on the curve P-256'],
    ['ES256', p384, 'ES256 needs a key on the curve P-256'],
  ])('%s refuses a key that it can not use', (algorithm, pair, sentence) => {
    expect(() => load(algorithm, pair)).toThrow(sentence);
  });

  it('refuses two keys that are no pair, before a token is signed that nobody can verify', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const stranger = { privateKey: p256.privateKey, publicKey: other.publicKey };
    expect(() => load('ES256', stranger)).toThrow('JWT_PUBLIC_KEY_FILE must hold the public half');
  });

  it('names the files that are missing', () => {
    expect(() => loadConfig({ DATA_DIR, ALGORITHM: 'RS256' })).toThrow(
      /JWT_PRIVATE_KEY_FILE must be given when ALGORITHM=RS256\n.*JWT_PUBLIC_KEY_FILE must be given/,
    );
  });

  it('names a file that can not be read', () => {
    const files = { JWT_PRIVATE_KEY_FILE: '/nowhere/private.pem', JWT_PUBLIC_KEY_FILE: '/nowhere/public.pem' };
    expect(() => loadConfig({ DATA_DIR, ALGORITHM: 'ES256', ...files })).toThrow(
      'JWT_PRIVATE_KEY_FILE must name a readable PEM file, but "/nowhere/private.pem" was given',
    );
  });

  it('do not need a secret in production', () => {
    expect(load('ES256', p256).keys.sign).toContain('PRIVATE KEY');
  });
});
