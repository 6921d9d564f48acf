import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Forms of adverts: which are chosen, how far each was read, and filled forms whose answers are still to be fetched. */
export class LeadAds1763764000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_forms (
        workspace_id uuid not null,
        channel_id uuid not null,
        form_id text not null,
        selected boolean not null default false,
        pulled_until timestamptz,
        primary key (workspace_id, channel_id, form_id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'lead_forms');

    await runner.query(`
      create table lead_arrivals (
        workspace_id uuid not null,
        id uuid not null,
        channel_id uuid not null,
        external_id text not null,
        form_id text,
        told_at timestamptz not null default now(),
        attempts integer not null default 0,
        set_aside_at timestamptz,
        reason text,
        primary key (workspace_id, id),
        unique (workspace_id, channel_id, external_id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'lead_arrivals');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
