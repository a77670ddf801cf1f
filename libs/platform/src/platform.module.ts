import { DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock';
import { Config } from './config';
import { EventBus, LocalEventBus } from './events';
import { MemoryRateLimits, NoRateLimits, RateLimits } from './limits';
import { Metrics } from './metrics';

/** Global: the parts that every feature may ask for. */
@Global()
@Module({})
export class PlatformModule {
  static register(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: EventBus, useClass: LocalEventBus },
        { provide: RateLimits, useClass: config.rateLimitsOn ? MemoryRateLimits : NoRateLimits },
        Clock,
        Metrics,
      ],
      exports: [Config, EventBus, RateLimits, Clock, Metrics],
    };
  }
}
