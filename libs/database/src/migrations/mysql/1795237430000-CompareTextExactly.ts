import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Text is compared code point by code point, spaces at the end too, as the embedded store does.
 * Said of the database and not of each column, so that every table to come has it.
 */
export class CompareTextExactly1795237430000 implements MigrationInterface {
  name = 'CompareTextExactly1795237430000';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isMariaDb = queryRunner.dataSource.options.type === 'mariadb';
    const collation = isMariaDb ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
    await queryRunner.query(`ALTER DATABASE CHARACTER SET utf8mb4 COLLATE ${collation}`);
  }

  async down(): Promise<void> {
    // What it was before, nobody knows; and nothing but our tables stands here.
  }
}
