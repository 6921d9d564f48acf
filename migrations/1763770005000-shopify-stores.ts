import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Stores of businesses at Shopify, and those that are being connected. What customers bought there is not kept here. */
export class ShopifyStores1763770005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table shopify_stores (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        domain text not null,
        status text not null check (status in ('CONNECTED', 'EXPIRED', 'DISCONNECTED')),
        trouble text check (trouble in ('TOKEN_REFUSED', 'UNINSTALLED', 'REVOKING', 'NOT_REVOKED')),
        token bytea,
        token_expires_at timestamptz,
        renewing_until timestamptz,
        ended boolean not null default false,
        connected_at timestamptz not null default now(),
        disconnected_at timestamptz,
        primary key (workspace_id, id),
        unique (workspace_id, domain)
      )`);
    await tenantTable(runner, 'shopify_stores');

    await runner.query(`
      create table shopify_installs (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        state_digest bytea not null,
        credential text not null,
        domain text not null,
        expires_at timestamptz not null,
        primary key (workspace_id, id),
        unique (workspace_id, state_digest)
      )`);
    await tenantTable(runner, 'shopify_installs');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
