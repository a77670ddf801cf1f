import { INestApplication, Logger } from '@nestjs/common';

/** Whoever sent the signal waits for ten seconds at most. */
const MAX_ENDING_MS = 9500;

const logger = new Logger('Server');

/** SIGTERM and SIGINT end the server in order: what is under way is answered. A second signal ends it at once. */
export function endOnSignals(app: INestApplication): void {
  let isEnding = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (isEnding) process.exit(1);
      isEnding = true;
      void end(app, signal);
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
