import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MediaDuration1795257600000 implements MigrationInterface {
  name = 'MediaDuration1795257600000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE `media` ADD `duration_ms` bigint NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE `media` DROP COLUMN `duration_ms`');
  }
}
