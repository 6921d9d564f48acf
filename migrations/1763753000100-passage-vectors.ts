import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The vector of a passage stands beside its words, so that it goes wherever they go and never outlives them. One byte a
 * dimension: a passage costs half a kilobyte, and the order of what is near hardly changes.
 */
export class PassageVectors1763753000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table passages
        add column embedding bytea check (octet_length(embedding) <= 4096),
        add column embedded_with text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
