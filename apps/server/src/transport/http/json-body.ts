import { isUtf8 } from 'node:buffer';
import { MalformedInput } from '@app/platform';
import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from './body-limits';
import { checkTextDepth } from './json-depth';

/** Makes `application/json` the only media type that the server reads; no other part adds its own parser for it. */
export function acceptJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  // Refuses `__proto__` and `constructor.prototype` as names of fields.
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    (request, body, done) => {
      try {
        const text = readJsonText(body);
        // An empty body is no body, whatever its type says: clients send the header out of habit.
        if (text === '') return done(null, undefined);
        return parse(request, text, (error, value: unknown) => done(error ? unreadable() : null, value));
      } catch (error) {
        return done(error as Error);
      }
    },
  );
}

/** @throws MalformedInput no UTF-8, or nested too deeply */
function readJsonText(body: Buffer): string {
  if (!isUtf8(body)) throw new MalformedInput('The body must be UTF-8 text.');
  checkTextDepth(body);
  return body.toString('utf8');
}

function unreadable(): MalformedInput {
  return new MalformedInput('The body must be valid JSON, without fields named __proto__.');
}
