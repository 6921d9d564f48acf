import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** How well bots answer: sets of cases, evaluations of bots on them, and what a workspace asks for before a bot answers by itself. */
export class Evaluations1763752000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ai_settings
        add column cases_from_conversations boolean not null default false,
        add column auto_needs_percent integer check (auto_needs_percent between 1 and 100)`);
    await this.sets(runner);
    await this.evaluations(runner);
  }

  private async sets(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table evaluation_sets (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text not null,
        updated_at timestamptz not null default now(),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'evaluation_sets');

    // conversation_id: where the case was taken from; it goes with it. knowledge_id is a name to compare with, and may outlive it.
    await runner.query(`
      create table evaluation_cases (
        workspace_id uuid not null,
        id uuid not null,
        set_id uuid not null,
        question text not null,
        expected text not null,
        knowledge_id uuid,
        conversation_id uuid,
        primary key (workspace_id, id),
        foreign key (workspace_id, set_id) references evaluation_sets (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index evaluation_cases_set on evaluation_cases (workspace_id, set_id, id)`);
    await runner.query(
      `create unique index evaluation_cases_conversation on evaluation_cases (workspace_id, conversation_id) where conversation_id is not null`,
    );
    await tenantTable(runner, 'evaluation_cases');
  }

  private async evaluations(runner: QueryRunner): Promise<void> {
    // settings: a digest of all that the bot answers by; of no bytes where it was changed meanwhile. model null: quoted.
    await runner.query(`
      create table evaluations (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        bot_id uuid not null,
        set_id uuid,
        status text not null check (status in ('QUEUED', 'RUNNING', 'DONE', 'FAILED')),
        stopped text check (stopped in ('CANCELLED', 'COST', 'NO_MODEL', 'MODEL_FAILS', 'NO_CASES')),
        instructions text not null,
        model text,
        prompt_version text not null,
        settings bytea not null,
        most_cents double precision not null,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (workspace_id, id),
        foreign key (workspace_id, bot_id) references bots (workspace_id, id) on delete cascade,
        foreign key (workspace_id, set_id) references evaluation_sets (workspace_id, id) on delete set null (set_id)
      )`);
    await runner.query(`create index evaluations_bot on evaluations (workspace_id, bot_id, id desc)`);
    await runner.query(`create index evaluations_set on evaluations (workspace_id, set_id) where set_id is not null`);
    await tenantTable(runner, 'evaluations');

    // A copy of the case as it was put. verdict null: it waits.
    await runner.query(`
      create table evaluation_results (
        workspace_id uuid not null,
        evaluation_id uuid not null,
        position integer not null,
        question text not null,
        expected text not null,
        knowledge_id uuid,
        conversation_id uuid,
        answer text not null default '',
        verdict text check (verdict in ('SAYS_IT', 'LEFT_ALONE', 'SILENT', 'SPOKE', 'OTHER_NUMBER', 'DENIES', 'LEAVES_OUT', 'OTHER_SOURCE')),
        sources jsonb not null default '[]',
        latency_ms integer not null default 0,
        cost_cents double precision,
        run_id uuid,
        primary key (workspace_id, evaluation_id, position),
        foreign key (workspace_id, evaluation_id) references evaluations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, run_id) references ai_runs (workspace_id, id) on delete set null (run_id)
      )`);
    await runner.query(
      `create index evaluation_results_conversation on evaluation_results (workspace_id, conversation_id) where conversation_id is not null`,
    );
    await runner.query(
      `create index evaluation_results_run on evaluation_results (workspace_id, run_id) where run_id is not null`,
    );
    await tenantTable(runner, 'evaluation_results');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
