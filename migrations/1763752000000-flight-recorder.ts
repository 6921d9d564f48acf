import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** A run says which passages it was given and what was cut of its answer; what models cost is counted, and has prices. */
export class FlightRecorder1763752000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ai_runs
        add column passages jsonb not null default '[]',
        add column cut jsonb not null default '[]'`);
    await runner.query(`
      alter table ai_settings
        add column prompt_cents_per_million double precision check (prompt_cents_per_million > 0),
        add column completion_cents_per_million double precision check (completion_cents_per_million > 0)`);
    // Counted beside the runs: those go with whom they are about and by their age, what was spent was spent. The nil id
    // stands for no bot; a bot that is gone has spent its share, so bot_id is no foreign key.
    await runner.query(`
      create table ai_spending (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        day date not null,
        bot_id uuid not null,
        cents double precision not null,
        primary key (workspace_id, day, bot_id)
      )`);
    await tenantTable(runner, 'ai_spending');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
