import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MediaDuration1795257600000 implements MigrationInterface {
  name = 'MediaDuration1795257600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Not generated: that would copy the table.
    await queryRunner.query(`ALTER TABLE "media" ADD COLUMN "duration_ms" bigint`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "media" DROP COLUMN "duration_ms"`);
  }
}
