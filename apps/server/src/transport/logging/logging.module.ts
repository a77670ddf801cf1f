import { Module } from '@nestjs/common';
import { Config, Metrics } from '@app/platform';
import { LoggerModule } from 'nestjs-pino';
import { loggerParams } from './logger-params';
import { RequestObserver } from './request-observer';
import { ServerLogger } from './server-logger';

@Module({
  imports: [LoggerModule.forRootAsync({ inject: [Config, Metrics], useFactory: loggerParams })],
  providers: [RequestObserver, ServerLogger],
})
export class LoggingModule {}
