import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, readableByFunctions } from './statements/tenant-table.js';

/** How far the feeds of many workspaces are, in one statement: without Redis a process asks for all that it shows. */
export class FeedPositions1763700515000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await readableByFunctions(runner, 'workspace_counters', ['workspace_id', 'events']);
    await definerFunction(
      runner,
      'feed_positions(uuid[])',
      `create function feed_positions(p_workspaces uuid[]) returns table (workspace_id uuid, events bigint)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select c.workspace_id, c.events from workspace_counters c where c.workspace_id = any (p_workspaces)
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
