import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows, tenantTable } from './statements/tenant-table.js';

const state = `
        kind text not null check (kind in ('ACCESS', 'RECTIFY', 'ERASE', 'RESTRICT', 'PORT', 'OBJECT', 'OBJECT_AUTOMATED')),
        origin text not null check (origin in ('DASHBOARD', 'PUBLIC_FORM', 'EMAIL', 'META', 'SHOPIFY', 'WIDGET')),
        status text not null check (status in ('RECEIVED', 'VERIFYING', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'REJECTED')),
        code text not null,
        language text not null check (language in ('en', 'tr')),
        law text check (law in ('GDPR', 'KVKK', 'CCPA')),
        on_behalf_of boolean not null,
        minor boolean not null,
        received_at timestamptz not null default now(),
        due_at timestamptz not null,
        extended_until timestamptz,
        notice_sent_at timestamptz,
        verified_at timestamptz,
        completed_at timestamptz,
        proof_hash bytea,
        proof_until timestamptz,
        details bytea not null`;

/** What people ask for under the law: of a workspace, or of nobody yet; and where a code leads. */
export class PrivacyRequests1763730050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table privacy_requests (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,${state},
        contact_ids uuid[] not null default '{}',
        erasure_id uuid,
        primary key (workspace_id, id))`);
    await runner.query(
      `create index privacy_requests_open on privacy_requests (workspace_id, due_at) where completed_at is null`,
    );
    await tenantTable(runner, 'privacy_requests');

    // Outside row security: whose they are is what has to be found out, or they are about a login. What they say is encrypted.
    await runner.query(`
      create table instance_privacy_requests (
        id uuid primary key,${state},
        user_id uuid references users (id) on delete set null)`);
    await runner.query(`create index instance_privacy_requests_user on instance_privacy_requests (user_id)`);
    await grantRows(runner, 'instance_privacy_requests');

    // Outside row security: a status page knows a code alone. Codes are keyed digests.
    await runner.query(`
      create table privacy_codes (
        digest bytea primary key,
        request_id uuid not null unique,
        workspace_id uuid)`);
    await runner.query(`create index privacy_codes_workspace on privacy_codes (workspace_id)`);
    await grantRows(runner, 'privacy_codes');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
