import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages without a `client_id` need no place in the index of those; MySQL has no such indexes. */
export class ClientIdsOnly1795263000000 implements MigrationInterface {
  name = 'ClientIdsOnly1795263000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.makeAnew(queryRunner, `WHERE "client_id" IS NOT NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await this.makeAnew(queryRunner, '');
  }

  private async makeAnew(queryRunner: QueryRunner, condition: string): Promise<void> {
    await queryRunner.query(`DROP INDEX "messages_client_id"`);
    await queryRunner.query(
      `CREATE UNIQUE INDEX "messages_client_id" ON "messages" ("chat_id", "sender_id", "client_id") ${condition}`,
    );
  }
}
