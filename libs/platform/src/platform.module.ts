import { DynamicModule, Global, Module } from '@nestjs/common';
import { Clock } from './clock';
import { Config } from './config';
import { EventBus, LocalEventBus, RedisEventBus } from './events';
import { StoreProbes } from './health';
import { MemoryRateLimits, NoRateLimits, RateLimits, RedisRateLimits } from './limits';
import { Metrics } from './metrics';

/** Global: the parts that every feature may ask for. With `REDIS_URL`, those that count for all nodes. */
@Global()
@Module({})
export class PlatformModule {
  static register(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Config, useValue: config },
        { provide: EventBus, inject: [Config, Metrics, StoreProbes], useFactory: openEventBus },
        { provide: RateLimits, inject: [Config], useFactory: openRateLimits },
        Clock,
        Metrics,
        StoreProbes,
      ],
      exports: [Config, EventBus, RateLimits, Clock, Metrics, StoreProbes],
    };
  }
}

async function openEventBus({ values }: Config, metrics: Metrics, probes: StoreProbes): Promise<EventBus> {
  return values.REDIS_URL === undefined ? new LocalEventBus() : RedisEventBus.open(values.REDIS_URL, metrics, probes);
}

async function openRateLimits({ values, rateLimitsOn }: Config): Promise<RateLimits> {
  if (!rateLimitsOn) return new NoRateLimits();
  return values.REDIS_URL === undefined ? new MemoryRateLimits() : RedisRateLimits.open(values.REDIS_URL);
}
