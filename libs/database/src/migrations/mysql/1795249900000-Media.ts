import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Media1795249900000 implements MigrationInterface {
  name = 'Media1795249900000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE `media` (`id` bigint NOT NULL, `uploader_id` bigint NOT NULL, `filename` varchar(200) NOT NULL, `content_type` varchar(100) NOT NULL, `size` bigint NOT NULL, `sha256` varchar(64) NOT NULL, `width` bigint NULL, `height` bigint NULL, `placeholder` varchar(64) NULL, `created_at` datetime(3) NOT NULL, `attached_at` datetime(3) NULL, INDEX `media_attached` (`attached_at`, `created_at`), INDEX `media_uploader` (`uploader_id`, `size`), PRIMARY KEY (`id`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `media_attachments` (`message_id` bigint NOT NULL, `position` bigint NOT NULL, `media_id` bigint NOT NULL, `chat_id` bigint NOT NULL, INDEX `media_attachments_media` (`media_id`, `chat_id`), PRIMARY KEY (`message_id`, `position`)) ENGINE=InnoDB',
    );
    await queryRunner.query(
      'CREATE TABLE `media_removals` (`media_id` bigint NOT NULL, PRIMARY KEY (`media_id`)) ENGINE=InnoDB',
    );
    await queryRunner.query("ALTER TABLE `messages` ADD `media_count` bigint NOT NULL DEFAULT '0'");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE `messages` DROP COLUMN `media_count`');
    await queryRunner.query('DROP TABLE `media_removals`');
    await queryRunner.query('DROP TABLE `media_attachments`');
    await queryRunner.query('DROP TABLE `media`');
  }
}
