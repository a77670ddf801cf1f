import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AuthModule } from './auth/auth.module';
import { JwtAuthGuard } from './auth/jwt-auth.guard';
import { DocsModule } from './docs/docs.module';
import { ErrorResponder } from './errors/error-responder';
import { ErrorShapes } from './errors/error-shapes';
import { ErrorFilter } from './errors/error.filter';
import { AllowedMethods } from './http/allowed-methods';
import { RequestDrain } from './http/request-drain';
import { RequestLimitGuard } from './limits/request-limit.guard';
import { RequestLimits } from './limits/request-limits';
import { PacingModule } from './pacing/pacing.module';
import { UnguardedRequests } from './limits/unguarded-requests';
import { SystemModule } from './system/system.module';
import { InputPipe } from './validation/input.pipe';

/**
 * What dialects share. Every route of theirs stands behind these: first the token, then the limit (in this order,
 * so that each user has a count of their own), then the rules for input; and whatever fails is shown by the dialect.
 */
@Global()
@Module({
  imports: [AuthModule, DocsModule, PacingModule, SystemModule],
  providers: [
    AllowedMethods,
    ErrorResponder,
    ErrorShapes,
    RequestDrain,
    RequestLimits,
    UnguardedRequests,
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RequestLimitGuard },
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [AuthModule, DocsModule, ErrorShapes],
})
export class TransportModule {}
