import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction } from './statements/tenant-table.js';

/** Where somebody is a member, in one look-up: each deleted login that a restore brought back would read every workspace. */
export class WorkspacesOf1763740007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await definerFunction(
      runner,
      'workspaces_of(uuid)',
      `create function workspaces_of(p_user uuid) returns table (workspace_id uuid)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select m.workspace_id from members m where m.user_id = p_user order by m.workspace_id
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
