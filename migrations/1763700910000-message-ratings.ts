import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a visitor says of a machine's answer. Most messages have none, and pay nothing for it. */
export class MessageRatings1763700910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messages add column rating text check (rating in ('UP', 'DOWN'))`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
