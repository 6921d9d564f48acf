import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Leads that are read out of files: how far each file is read, and which of its lines were not taken. */
export class LeadImports1763770004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An upload that is worked with is not removed as one that nobody sent.
    await runner.query(`alter table files add column kept_until timestamptz`);
    // next_row: how many rows are settled. It is written with what came of them, so that none is lost or taken twice.
    await runner.query(`
      create table lead_imports (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        file_id uuid,
        forgets_file boolean not null default false,
        member_id uuid,
        status text not null default 'QUEUED' check (status in ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
        stopped text,
        dry_run boolean not null,
        encoding text not null,
        separator text not null,
        columns text[] not null,
        targets text[] not null,
        total integer,
        next_row integer not null default 0,
        created integer not null default 0,
        updated integer not null default 0,
        rejected integer not null default 0,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (workspace_id, id),
        foreign key (workspace_id, file_id) references files (workspace_id, id) on delete set null (file_id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id)
      )`);
    await runner.query(
      `create index lead_imports_file on lead_imports (workspace_id, file_id) where file_id is not null`,
    );
    await runner.query(
      `create index lead_imports_member on lead_imports (workspace_id, member_id) where member_id is not null`,
    );
    await tenantTable(runner, 'lead_imports');
    // Numbers of lines and words of ours: what stands in the lines is in the file alone.
    await runner.query(`
      create table lead_import_rejections (
        workspace_id uuid not null,
        import_id uuid not null,
        line integer not null,
        reason text not null,
        place integer,
        primary key (workspace_id, import_id, line),
        foreign key (workspace_id, import_id) references lead_imports (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'lead_import_rejections');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
