import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Media1795249442435 implements MigrationInterface {
  name = 'Media1795249442435';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "media_attachments" ("message_id" bigint NOT NULL, "position" bigint NOT NULL, "media_id" bigint NOT NULL, "chat_id" bigint NOT NULL, PRIMARY KEY ("message_id", "position")) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE INDEX "media_attachments_media" ON "media_attachments" ("media_id", "chat_id") `);
    await queryRunner.query(
      `CREATE TABLE "media" ("id" bigint PRIMARY KEY NOT NULL, "uploader_id" bigint NOT NULL, "filename" varchar(200) NOT NULL, "content_type" varchar(100) NOT NULL, "size" bigint NOT NULL, "sha256" varchar(64) NOT NULL, "width" bigint, "height" bigint, "placeholder" varchar(64), "created_at" datetime(3) NOT NULL, "attached_at" datetime(3)) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE INDEX "media_attached" ON "media" ("attached_at", "created_at") `);
    await queryRunner.query(`CREATE INDEX "media_uploader" ON "media" ("uploader_id", "size") `);
    await queryRunner.query(`CREATE TABLE "media_removals" ("media_id" bigint PRIMARY KEY NOT NULL) WITHOUT ROWID`);
    // Not generated: that would copy every message for a column that is 0.
    await queryRunner.query(`ALTER TABLE "messages" ADD COLUMN "media_count" bigint NOT NULL DEFAULT (0)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "messages" DROP COLUMN "media_count"`);
    await queryRunner.query(`DROP TABLE "media_removals"`);
    await queryRunner.query(`DROP INDEX "media_uploader"`);
    await queryRunner.query(`DROP INDEX "media_attached"`);
    await queryRunner.query(`DROP TABLE "media"`);
    await queryRunner.query(`DROP INDEX "media_attachments_media"`);
    await queryRunner.query(`DROP TABLE "media_attachments"`);
  }
}
