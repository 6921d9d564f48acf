import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** Subscriptions that are to be ended at the merchant because their workspace is gone. Ids and times, nobody's data. */
export class OwedCancellations1763771300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No foreign key: what is owed to a workspace that is gone has to outlive it.
    await runner.query(`
      create table owed_cancellations (
        id uuid primary key,
        workspace_id uuid not null,
        provider text not null check (provider in ('paddle', 'lemonsqueezy', 'polar')),
        reference text not null,
        owed_at timestamptz not null default now(),
        confirmed_at timestamptz,
        unique (provider, reference)
      )`);
    await runner.query(`create index owed_cancellations_workspace on owed_cancellations (workspace_id)`);
    await grantRows(runner, 'owed_cancellations');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
