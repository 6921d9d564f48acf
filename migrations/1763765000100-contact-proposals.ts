import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What contacts wrote of themselves, proposed to be kept of them, each with the message that says it. */
export class ContactProposals1763765000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // message_id: a message may be erased before its conversation is, so it is no foreign key.
    await runner.query(`
      create table contact_proposals (
        workspace_id uuid not null,
        id uuid not null,
        contact_id uuid not null,
        conversation_id uuid not null,
        message_id uuid not null,
        kind text not null check (kind in ('EMAIL', 'PHONE', 'NAME', 'COMPANY')),
        value text not null,
        status text not null default 'PROPOSED' check (status in ('PROPOSED', 'APPLIED', 'DISMISSED')),
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, message_id, kind, value),
        foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade
      )`);
    await runner.query(
      `create index contact_proposals_contact on contact_proposals (workspace_id, contact_id, id desc)`,
    );
    await runner.query(
      `create index contact_proposals_conversation on contact_proposals (workspace_id, conversation_id)`,
    );
    await tenantTable(runner, 'contact_proposals');

    // applied: which kinds are applied without anybody looking. country: how numbers without a country code are read.
    await runner.query(`
      create table chat_detail_rules (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        applied text[] not null default '{}',
        country text,
        primary key (workspace_id)
      )`);
    await tenantTable(runner, 'chat_detail_rules');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
