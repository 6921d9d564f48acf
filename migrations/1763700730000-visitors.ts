import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Who visits the chats on a business's sites, and what is counted of those whom it has blocked. */
export class Visitors1763700730000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One row for each browser. `address` is the visitor's among contact_identities: their own id here, or, once the site
    // has proved who they are, the site's. Name and e-mail address are what was said; proven, what the site has signed.
    await runner.query(`
      create table visitors (
        workspace_id uuid not null,
        id uuid not null,
        channel_id uuid not null,
        token_hash bytea not null,
        address text not null,
        proven boolean not null default false,
        name text,
        email text,
        details_proven boolean not null default false,
        origin text,
        mailed_id uuid,
        mailed_at timestamptz,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, token_hash),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index visitors_address on visitors (workspace_id, channel_id, address)`);
    await runner.query(`create index visitors_idle on visitors (workspace_id, channel_id, last_seen_at)`);
    await tenantTable(runner, 'visitors');

    // Of what a blocked contact writes, nothing is kept but how much it was.
    await runner.query(`alter table contacts add column refused_messages integer not null default 0`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
