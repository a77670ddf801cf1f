import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Parts of the framework that report every module and route as it starts: of interest when something is wrong. */
const CHATTY = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
  'WebSocketsController',
]);

/** The logger behind every `Logger` of Nest; the framework's own start-up lines are for `LOG_LEVEL=debug`. */
@Injectable()
export class ServerLogger extends Logger {
  override log(message: unknown, ...details: unknown[]): void {
    if (CHATTY.has(details.at(-1) as string)) this.debug(message, ...details);
    else super.log(message, ...details);
  }

  /** What keeps the application from listening is thrown as well, and told where it is caught. */
  override error(message: unknown, ...details: unknown[]): void {
    if (details.at(-1) === 'NestApplication') this.debug(message, ...details);
    else super.error(message, ...details);
  }
}
