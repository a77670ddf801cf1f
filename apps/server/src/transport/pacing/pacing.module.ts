import { Global, Module } from '@nestjs/common';
import { Pace } from './pace';

/** Global: all doors share one pace. */
@Global()
@Module({ providers: [Pace], exports: [Pace] })
export class PacingModule {}
