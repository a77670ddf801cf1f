import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A page by number is found from the nearest 64th message: the others need no place in the index of ordinals. MySQL has
 * no such indexes. The version before reads the same pages without, but goes through the chat for each.
 */
export class OrdinalAnchors1795266000000 implements MigrationInterface {
  name = 'OrdinalAnchors1795266000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await this.makeAnew(queryRunner, `WHERE ordinal % 64 = 0`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await this.makeAnew(queryRunner, '');
  }

  private async makeAnew(queryRunner: QueryRunner, condition: string): Promise<void> {
    await queryRunner.query(`DROP INDEX "messages_ordinal"`);
    await queryRunner.query(`CREATE UNIQUE INDEX "messages_ordinal" ON "messages" ("chat_id", "ordinal") ${condition}`);
  }
}
