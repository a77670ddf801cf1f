import { Module } from '@nestjs/common';
import { Health } from './health';
import { HealthController } from './health.controller';
import { InfoController } from './info.controller';
import { MetricsController } from './metrics.controller';

/** What operators and clients ask about the server itself. */
@Module({ controllers: [InfoController, HealthController, MetricsController], providers: [Health] })
export class SystemModule {}
