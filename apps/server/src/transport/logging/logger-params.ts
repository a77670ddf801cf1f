import { Config } from '@app/platform';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import pretty from 'pino-pretty';
import { serializeError } from './serialize-error';

/**
 * JSON lines on standard output, pretty ones on a terminal. Requests are logged by `RequestObserver`, after the fact
 * and field by field: what is not named there (headers, queries, bodies) can't get into a log.
 */
export function loggerParams(config: Config): Params {
  const options = {
    level: config.values.LOG_LEVEL,
    base: undefined,
    autoLogging: false,
    serializers: { err: serializeError },
    wrapSerializers: false,
  };
  const terminal = prettyTerminal();
  return {
    pinoHttp: terminal ? [options, terminal] : options,
    // No middleware: a hook binds the id of the request.
    forRoutes: [],
  };
}

function prettyTerminal(): DestinationStream | undefined {
  return process.stdout.isTTY ? pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' }) : undefined;
}
