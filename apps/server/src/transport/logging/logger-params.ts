import { Config } from '@app/platform';
import type { Params } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import { serializeError } from './serialize-error';

const MESSAGE_FORMAT = '{if context}{context}: {end}{msg}';

/**
 * JSON lines on standard output, pretty ones on a terminal. Requests are logged by `RequestObserver`, after the fact
 * and field by field: what is not named there (headers, queries, bodies) can't get into a log.
 */
export async function loggerParams(config: Config): Promise<Params> {
  const options = {
    level: config.values.LOG_LEVEL,
    base: undefined,
    autoLogging: false,
    serializers: { err: serializeError },
    wrapSerializers: false,
  };
  const terminal = await prettyTerminal();
  return {
    pinoHttp: terminal ? [options, terminal] : options,
    // No middleware: a hook binds the id of the request.
    forRoutes: [],
  };
}

/** Loaded only where there is a terminal. */
async function prettyTerminal(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,context', messageFormat: MESSAGE_FORMAT });
}
