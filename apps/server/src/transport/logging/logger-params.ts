import { Config, Metrics } from '@app/platform';
import type { Params } from 'nestjs-pino';
import { destination, type DestinationStream } from 'pino';
import { serializeError } from './serialize-error';

/** What may wait to be written. More is lost, and counted: whoever reads the log has not read for a while. */
const MAX_UNWRITTEN_BYTES = 4 * 1024 * 1024;

const MESSAGE_FORMAT = '{if context}{context}: {end}{msg}';

/**
 * JSON lines on standard output, pretty ones on a terminal. Requests are logged by `RequestObserver`, after the fact
 * and field by field: what is not named there (headers, queries, bodies) can't get into a log.
 */
export async function loggerParams(config: Config, metrics: Metrics): Promise<Params> {
  const options = {
    level: config.values.LOG_LEVEL,
    base: undefined,
    autoLogging: false,
    serializers: { err: serializeError },
    wrapSerializers: false,
  };
  const terminal = await prettyTerminal();
  return {
    pinoHttp: [options, terminal ?? standardOutput(metrics)],
    // No middleware: a hook binds the id of the request.
    forRoutes: [],
  };
}

/**
 * Lines are written in the background, those of a moment together: a pipe whose reader is slow holds up nobody. At the end
 * of the process, also after a crash, what is left is written at once.
 */
function standardOutput(metrics: Metrics): DestinationStream {
  const output = destination({ dest: 1, sync: false, maxLength: MAX_UNWRITTEN_BYTES });
  return output.on('drop', () => metrics.lostLogLines.inc());
}

/** Loaded only where there is a terminal. */
async function prettyTerminal(): Promise<DestinationStream | undefined> {
  if (!process.stdout.isTTY) return undefined;
  const { default: pretty } = await import('pino-pretty');
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,context', messageFormat: MESSAGE_FORMAT });
}
