import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp } from './statements/tenant-table.js';

/** What somebody made under an address that was not theirs ends when its owner shows that it is. */
export class FirstProof1763700661000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The owner's: a link in a mail belongs to no workspace. It takes a person, and gives nothing.
    await runner.query(`
      create function void_tokens_of(p_user uuid) returns void
        language sql security definer set search_path = pg_catalog, public as $$
          delete from api_tokens t using members m
           where m.user_id = p_user and t.workspace_id = m.workspace_id and t.member_id = m.id
        $$`);
    await callableByApp(runner, 'void_tokens_of(uuid)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
