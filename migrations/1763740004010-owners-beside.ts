import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction } from './statements/tenant-table.js';

/** Whether anybody but some people owns a workspace: who runs a deployment alone owes nobody the notice of a new recipient. */
export class OwnersBeside1763740004010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await definerFunction(
      runner,
      'is_owner_beside(uuid[])',
      `create function is_owner_beside(p_users uuid[]) returns boolean
         language sql stable security definer set search_path = pg_catalog, public as $$
           select exists (select from members m where m.role = 'OWNER' and m.user_id <> all (p_users))
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
