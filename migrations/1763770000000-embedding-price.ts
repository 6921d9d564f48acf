import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a workspace says that its model of vectors costs, which is another one than that of language. */
export class EmbeddingPrice1763770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table ai_settings add column embedding_cents_per_million double precision check (embedding_cents_per_million > 0)`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
