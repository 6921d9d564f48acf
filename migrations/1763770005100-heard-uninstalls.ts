import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which calls said that the app is gone from a store, by their digests, so that a copy of one is not taken for another. */
export class HeardUninstalls1763770005100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table shopify_stores add column heard bytea[] not null default '{}'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
