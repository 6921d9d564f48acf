import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what a member who came with a workspace from elsewhere is known when they are invited: a keyed digest, no address. */
export class FormerAddresses1763740000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table members add column former_address bytea`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
