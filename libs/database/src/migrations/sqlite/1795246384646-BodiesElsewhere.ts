import type { MigrationInterface, QueryRunner } from 'typeorm';

export class BodiesElsewhere1795246384646 implements MigrationInterface {
  name = 'BodiesElsewhere1795246384646';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE "body_removals" ("body_id" bigint PRIMARY KEY NOT NULL) WITHOUT ROWID`);
    await queryRunner.query(
      `CREATE TABLE "body_sweeps" ("store" varchar(32) PRIMARY KEY NOT NULL, "seen_until" datetime(3) NOT NULL, "seen_body_id" bigint NOT NULL, "holder" varchar(36) NOT NULL, "leased_until" datetime(3) NOT NULL)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "body_sweeps"`);
    await queryRunner.query(`DROP TABLE "body_removals"`);
  }
}
