import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever is blocked is found without reading everybody else: they are few, and stand in no list otherwise. */
export class BlockedContacts1763770006100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index contacts_blocked on contacts (workspace_id, last_seen_at desc, id desc)
      where blocked and merged_into is null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
