import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, grantRows } from './statements/tenant-table.js';

/**
 * Which keys of ENCRYPTION_KEYS this database was written with, and what proves that a key is the same one: a start with a
 * wrong key is refused instead of failing later, at the first secret. What was derived from a key that was taken out (for
 * digests and signatures, which nobody can make again) stays, wrapped by the key that followed.
 */
export class EncryptionKeys1763730030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table encryption_keys (
        id text primary key,
        proof bytea not null,
        root bytea,
        created_at timestamptz not null default now(),
        retired_at timestamptz
      )`);
    await grantRows(runner, 'encryption_keys', ['select', 'insert', 'update']);
    await definerFunction(
      runner,
      'rename_channel_digests(bytea[], bytea[])',
      `create function rename_channel_digests(p_from bytea[], p_to bytea[]) returns integer
         language plpgsql security definer set search_path = pg_catalog, public as $$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
           v_accounts integer;
           v_grantors integer;
         begin
           -- One that was written under the new key meanwhile makes the older superfluous.
           delete from channel_directory d using unnest(p_from, p_to) as r (old, fresh)
            where d.workspace_id = here and d.account = r.old
              and exists (select from channel_directory n where n.account = r.fresh and n.workspace_id = here);
           update channel_directory d set account = r.fresh from unnest(p_from, p_to) as r (old, fresh)
            where d.workspace_id = here and d.account = r.old
              and not exists (select from channel_directory n where n.account = r.fresh);
           get diagnostics v_accounts = row_count;
           delete from channel_grantors g using unnest(p_from, p_to) as r (old, fresh)
            where g.workspace_id = here and g.grantor = r.old
              and exists (select from channel_grantors n
                           where n.grantor = r.fresh and n.workspace_id = here and n.channel_id = g.channel_id);
           update channel_grantors g set grantor = r.fresh
             from (select distinct old, fresh from unnest(p_from, p_to) as r (old, fresh)) r
            where g.workspace_id = here and g.grantor = r.old;
           get diagnostics v_grantors = row_count;
           return v_accounts + v_grantors;
         end $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
