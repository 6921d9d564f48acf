import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Contact forms on sites of a business. */
export class ContactForms1763766000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table contact_forms (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text not null,
        public_key text not null,
        allowed_domains text[] not null,
        answer_only boolean not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, public_key)
      )`);
    await tenantTable(runner, 'contact_forms');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
