import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** Mails that wait to be sent, and work that belongs to no workspace. */
export class Mails1763700600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Work of the whole deployment (a mail to someone who has no workspace) stands in `due` under the nil uuid, so the key
    // stays as it is. The reference, with which a workspace's work goes when it is deleted, moves to a column that is null there.
    await runner.query(`alter table due drop constraint due_workspace_id_fkey`);
    await runner.query(`drop index due_workspace`);
    await runner.query(`
      alter table due add column existing_workspace_id uuid
        generated always as (nullif(workspace_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored
        references workspaces (id) on delete cascade`);
    await runner.query(`create index due_workspace on due (existing_workspace_id)`);

    // Outside row security: most mails follow from a person's login, which belongs to no workspace.
    await runner.query(`
      create table mails (
        id uuid primary key,
        workspace_id uuid references workspaces (id) on delete cascade,
        template text not null,
        content bytea,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        tries integer not null default 0,
        reason text,
        set_aside_at timestamptz,
        check ((content is null) = (set_aside_at is not null))
      )`);
    await runner.query(`create index mails_workspace on mails (workspace_id) where workspace_id is not null`);
    await runner.query(`create index mails_set_aside on mails (set_aside_at) where set_aside_at is not null`);
    await grantRows(runner, 'mails');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
