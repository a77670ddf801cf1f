import { INestApplication, Logger } from '@nestjs/common';

/** Whoever sent the signal waits for ten seconds at most. */
const MAX_ENDING_MS = 9500;

const logger = new Logger('Server');

/** Terminals and process managers often say it twice, one after the other; only a person repeats it later. */
const ECHO_MS = 1000;

/** SIGTERM and SIGINT end the server in order: what is under way is answered. Repeated, they end it at once. */
export function endOnSignals(app: INestApplication): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        void end(app, signal);
      } else if (performance.now() - firstAt > ECHO_MS) {
        logger.warn({ signal }, 'told again to stop: ending at once');
        process.exit(1);
      }
    });
  }
}

/** After an error that nobody caught, nothing is certain any more: it is logged, and the process ends. */
export function endOnCrash(): void {
  const crash = (error: unknown): never => {
    logger.fatal({ err: error }, 'the server crashed');
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

async function end(app: INestApplication, signal: NodeJS.Signals): Promise<void> {
  setTimeout(() => {
    logger.error(`not done within ${MAX_ENDING_MS} ms; ending all the same`);
    process.exit(1);
  }, MAX_ENDING_MS).unref();
  logger.log({ signal }, 'stopping');
  try {
    await app.close();
  } catch (error) {
    logger.error({ err: error }, 'the server did not stop in order');
    process.exit(1);
  }
  logger.log('stopped');
  process.exit(0);
}
