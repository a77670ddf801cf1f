import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Initial1795237430693 implements MigrationInterface {
  name = 'Initial1795237430693';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "id_blocks" ("kind" varchar(32) PRIMARY KEY NOT NULL, "next" bigint NOT NULL)`,
    );
    await queryRunner.query(
      `CREATE TABLE "sessions" ("id" varchar(36) PRIMARY KEY NOT NULL, "user_id" bigint NOT NULL, "refresh_hash" varchar(64) NOT NULL, "created_at" datetime(3) NOT NULL, "last_used_at" datetime(3) NOT NULL, "expires_at" datetime(3) NOT NULL, "ended_at" datetime(3), "user_agent" varchar(255)) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE INDEX "sessions_end" ON "sessions" ("ended_at", "expires_at") `);
    await queryRunner.query(`CREATE INDEX "sessions_user" ON "sessions" ("user_id", "ended_at") `);
    await queryRunner.query(
      `CREATE TABLE "users" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "username" varchar(50) NOT NULL, "username_folded" varchar(200), "email" varchar(254), "email_folded" varchar(254), "full_name" varchar(100), "full_name_folded" varchar(400), "password_hash" varchar(72), "created_at" datetime(3) NOT NULL, "last_seen" datetime(3), "deleted_at" datetime(3))`,
    );
    await queryRunner.query(`CREATE INDEX "users_full_name" ON "users" ("full_name_folded") `);
    await queryRunner.query(`CREATE UNIQUE INDEX "users_email" ON "users" ("email_folded") `);
    await queryRunner.query(`CREATE UNIQUE INDEX "users_username" ON "users" ("username_folded") `);
    await queryRunner.query(
      `CREATE TABLE "chats" ("id" bigint PRIMARY KEY NOT NULL, "type" varchar(16) NOT NULL, "name" varchar(100), "direct_key" varchar(40), "created_at" datetime(3) NOT NULL, "updated_at" datetime(3) NOT NULL, "is_active" boolean NOT NULL, "last_seq" bigint NOT NULL, "last_message_seq" bigint NOT NULL, "message_count" bigint NOT NULL) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE UNIQUE INDEX "chats_direct_key" ON "chats" ("direct_key") `);
    await queryRunner.query(
      `CREATE TABLE "chat_participants" ("chat_id" bigint NOT NULL, "user_id" bigint NOT NULL, "joined_at" datetime(3) NOT NULL, "is_admin" boolean NOT NULL, "read_seq" bigint NOT NULL, "hidden_seq" bigint, PRIMARY KEY ("chat_id", "user_id")) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE INDEX "chat_participants_user" ON "chat_participants" ("user_id") `);
    await queryRunner.query(
      `CREATE TABLE "chat_events" ("chat_id" bigint NOT NULL, "seq" bigint NOT NULL, "kind" varchar(40) NOT NULL, "at" datetime(3) NOT NULL, "subject_id" bigint NOT NULL, "details" varchar(1000) NOT NULL, PRIMARY KEY ("chat_id", "seq")) WITHOUT ROWID`,
    );
    await queryRunner.query(
      `CREATE TABLE "message_revisions" ("message_id" bigint NOT NULL, "number" bigint NOT NULL, "body_id" bigint NOT NULL, "written_at" datetime(3) NOT NULL, PRIMARY KEY ("message_id", "number")) WITHOUT ROWID`,
    );
    await queryRunner.query(
      `CREATE TABLE "messages" ("chat_id" bigint NOT NULL, "seq" bigint NOT NULL, "id" bigint NOT NULL, "ordinal" bigint NOT NULL, "sender_id" bigint NOT NULL, "client_id" varchar(64), "fingerprint" varchar(16), "type" varchar(16) NOT NULL, "reply_to" bigint, "body_id" bigint, "sent_at" datetime(3) NOT NULL, "edited_at" datetime(3), "deleted_at" datetime(3), PRIMARY KEY ("chat_id", "seq")) WITHOUT ROWID`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX "messages_client_id" ON "messages" ("chat_id", "sender_id", "client_id") `,
    );
    await queryRunner.query(`CREATE UNIQUE INDEX "messages_ordinal" ON "messages" ("chat_id", "ordinal") `);
    await queryRunner.query(`CREATE UNIQUE INDEX "messages_id" ON "messages" ("id") `);
    await queryRunner.query(
      `CREATE TABLE "message_bodies" ("id" bigint PRIMARY KEY NOT NULL, "content" text NOT NULL) WITHOUT ROWID`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "message_bodies"`);
    await queryRunner.query(`DROP INDEX "messages_id"`);
    await queryRunner.query(`DROP INDEX "messages_ordinal"`);
    await queryRunner.query(`DROP INDEX "messages_client_id"`);
    await queryRunner.query(`DROP TABLE "messages"`);
    await queryRunner.query(`DROP TABLE "message_revisions"`);
    await queryRunner.query(`DROP TABLE "chat_events"`);
    await queryRunner.query(`DROP INDEX "chat_participants_user"`);
    await queryRunner.query(`DROP TABLE "chat_participants"`);
    await queryRunner.query(`DROP INDEX "chats_direct_key"`);
    await queryRunner.query(`DROP TABLE "chats"`);
    await queryRunner.query(`DROP INDEX "users_username"`);
    await queryRunner.query(`DROP INDEX "users_email"`);
    await queryRunner.query(`DROP INDEX "users_full_name"`);
    await queryRunner.query(`DROP TABLE "users"`);
    await queryRunner.query(`DROP INDEX "sessions_user"`);
    await queryRunner.query(`DROP INDEX "sessions_end"`);
    await queryRunner.query(`DROP TABLE "sessions"`);
    await queryRunner.query(`DROP TABLE "id_blocks"`);
  }
}
