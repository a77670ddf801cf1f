import { Logger } from '@nestjs/common';
import type { Logger as TypeOrmLogger } from 'typeorm';

const MAX_SHOWN_CHARACTERS = 300;

/**
 * Notes statements that took longer than they may, without their parameters, which are people's data.
 * Failures are told by whoever asked.
 */
export class SlowQueryLog implements TypeOrmLogger {
  private readonly logger = new Logger('Database');

  logQuerySlow(timeMs: number, query: string): void {
    this.logger.warn({ timeMs, query: query.slice(0, MAX_SHOWN_CHARACTERS) }, 'a statement was slow');
  }

  logQuery(): void {
    // Too many to note.
  }

  logQueryError(): void {
    // It is thrown.
  }

  logSchemaBuild(): void {
    // Only migrations change the schema.
  }

  logMigration(): void {
    // `migrate` says what it has run.
  }

  log(): void {
    // What TypeORM warns of: connections that were lost; who used one is told.
  }
}
