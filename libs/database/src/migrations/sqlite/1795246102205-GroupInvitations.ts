import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GroupInvitations1795246102205 implements MigrationInterface {
  name = 'GroupInvitations1795246102205';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "chat_invitations" ("chat_id" bigint NOT NULL, "email" varchar(254) NOT NULL, PRIMARY KEY ("chat_id", "email")) WITHOUT ROWID`,
    );
    await queryRunner.query(`CREATE INDEX "chat_invitations_email" ON "chat_invitations" ("email") `);
    // Not generated: that would copy every chat for a column that is empty.
    await queryRunner.query(`ALTER TABLE "chats" ADD COLUMN "description" varchar(1000)`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE "chats" DROP COLUMN "description"`);
    await queryRunner.query(`DROP INDEX "chat_invitations_email"`);
    await queryRunner.query(`DROP TABLE "chat_invitations"`);
  }
}
