import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ResumableUploads1795260000000 implements MigrationInterface {
  name = 'ResumableUploads1795260000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "media_uploads" ("id" varchar(32) PRIMARY KEY NOT NULL, "uploader_id" bigint NOT NULL, "size" bigint NOT NULL, "filename" varchar(200) NOT NULL, "note" varchar(4096) NOT NULL, "expires_at" datetime(3) NOT NULL, "media_id" bigint, "holder" varchar(36), "held_until" datetime(3), "is_wanted" boolean NOT NULL)`,
    );
    await queryRunner.query(`CREATE INDEX "media_uploads_expiry" ON "media_uploads" ("expires_at") `);
    await queryRunner.query(`CREATE INDEX "media_uploads_uploader" ON "media_uploads" ("uploader_id", "expires_at") `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "media_uploads_uploader"`);
    await queryRunner.query(`DROP INDEX "media_uploads_expiry"`);
    await queryRunner.query(`DROP TABLE "media_uploads"`);
  }
}
