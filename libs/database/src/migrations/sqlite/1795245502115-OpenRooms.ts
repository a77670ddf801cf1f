import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OpenRooms1795245502115 implements MigrationInterface {
  name = 'OpenRooms1795245502115';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "chats_direct_key"`);
    await queryRunner.query(
      `CREATE TABLE "temporary_chats" ("id" bigint PRIMARY KEY NOT NULL, "type" varchar(16) NOT NULL, "name" varchar(100), "direct_key" varchar(40), "created_at" datetime(3) NOT NULL, "updated_at" datetime(3) NOT NULL, "is_active" boolean NOT NULL, "last_seq" bigint NOT NULL, "last_message_seq" bigint NOT NULL, "message_count" bigint NOT NULL, "is_open" boolean NOT NULL DEFAULT (0), "members_key" varchar(43)) WITHOUT ROWID`,
    );
    await queryRunner.query(
      `INSERT INTO "temporary_chats"("id", "type", "name", "direct_key", "created_at", "updated_at", "is_active", "last_seq", "last_message_seq", "message_count") SELECT "id", "type", "name", "direct_key", "created_at", "updated_at", "is_active", "last_seq", "last_message_seq", "message_count" FROM "chats"`,
    );
    await queryRunner.query(`DROP TABLE "chats"`);
    await queryRunner.query(`ALTER TABLE "temporary_chats" RENAME TO "chats"`);
    await queryRunner.query(`CREATE UNIQUE INDEX "chats_direct_key" ON "chats" ("direct_key") `);
    await queryRunner.query(`CREATE INDEX "chats_members" ON "chats" ("members_key") `);
    await queryRunner.query(`CREATE INDEX "chats_open" ON "chats" ("is_open", "is_active") `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP INDEX "chats_open"`);
    await queryRunner.query(`DROP INDEX "chats_members"`);
    await queryRunner.query(`DROP INDEX "chats_direct_key"`);
    await queryRunner.query(`ALTER TABLE "chats" RENAME TO "temporary_chats"`);
    await queryRunner.query(
      `CREATE TABLE "chats" ("id" bigint PRIMARY KEY NOT NULL, "type" varchar(16) NOT NULL, "name" varchar(100), "direct_key" varchar(40), "created_at" datetime(3) NOT NULL, "updated_at" datetime(3) NOT NULL, "is_active" boolean NOT NULL, "last_seq" bigint NOT NULL, "last_message_seq" bigint NOT NULL, "message_count" bigint NOT NULL) WITHOUT ROWID`,
    );
    await queryRunner.query(
      `INSERT INTO "chats"("id", "type", "name", "direct_key", "created_at", "updated_at", "is_active", "last_seq", "last_message_seq", "message_count") SELECT "id", "type", "name", "direct_key", "created_at", "updated_at", "is_active", "last_seq", "last_message_seq", "message_count" FROM "temporary_chats"`,
    );
    await queryRunner.query(`DROP TABLE "temporary_chats"`);
    await queryRunner.query(`CREATE UNIQUE INDEX "chats_direct_key" ON "chats" ("direct_key") `);
  }
}
