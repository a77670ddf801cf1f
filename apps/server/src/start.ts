import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config, loadConfig } from '@app/platform';
import { createApp } from './create-app';
import { endOnCrash, endOnSignals } from './end';
import { explainFailure } from './explain-failure';

/**
 * Connections that wait to be accepted, as far as the system allows. Node takes 511, and accepts one in a turn of its
 * loop: of a thousand that come at once, the others would try again after one second, and then after three.
 */
const MAX_UNACCEPTED = 4096;

/** Loads the configuration, creates the app and listens; or says in one message why not, and ends with 1. */
export async function start(): Promise<void> {
  let app: NestFastifyApplication | undefined;
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
    const config = loadConfig(process.env);
    app = await createApp(config);
    endOnCrash();
    endOnSignals(app);
    await app.listen({ host: config.values.HOST, port: config.values.PORT, backlog: MAX_UNACCEPTED });
    announce(app, config);
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    await app?.close().catch(() => undefined);
    process.exit(1);
  }
}

function announce(app: NestFastifyApplication, { warnings }: Config): void {
  const logger = new Logger('Server');
  for (const warning of warnings) logger.warn(warning);
  logger.log({ url: urlOf(app.getHttpServer().address() as AddressInfo), pid: process.pid }, 'listening');
}

/** Where it can be reached from this machine; with `PORT=0`, the port that was free. */
function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${family === 'IPv6' && host !== 'localhost' ? `[${host}]` : host}:${port}`;
}
