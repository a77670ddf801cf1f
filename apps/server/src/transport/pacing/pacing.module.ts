import { Global, Module } from '@nestjs/common';
import { Pace } from './pace';
import { PacedConnections } from './paced-connections';

/** Global: all doors share one pace. */
@Global()
@Module({ providers: [Pace, PacedConnections], exports: [Pace, PacedConnections] })
export class PacingModule {}
