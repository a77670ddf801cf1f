import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Not as generated: adding a column takes no time, copying every text that was ever sent would. */
export class MessageExtras1795248296465 implements MigrationInterface {
  name = 'MessageExtras1795248296465';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "message_bodies" ADD COLUMN "extras" text`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "message_bodies" DROP COLUMN "extras"`);
  }
}
