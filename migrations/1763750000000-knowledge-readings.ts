import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** Knowledge that is read from web pages and files: what was read when, and what a reading changed. */
export class KnowledgeReadings1763750000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // file_id without a foreign key: the file is let go once it is read, and a source outlives it.
    await runner.query(`
      alter table knowledge_sources
        add column file_id uuid,
        add column read_at timestamptz,
        add column stale_since timestamptz,
        add column changed_at timestamptz,
        add column passages_added integer not null default 0,
        add column passages_removed integer not null default 0,
        add column passages_kept integer not null default 0`);
    // One row a page, with what its server said of it, so that an unchanged one is not sent again. waits: it is to be read in
    // the reading that is under way, which goes on from here in whatever process takes it over. failures: readings in a row in
    // which it was gone.
    await runner.query(`
      create table knowledge_pages (
        workspace_id uuid not null,
        id uuid not null,
        knowledge_id uuid not null,
        position integer not null,
        url text not null,
        sitemap boolean not null default false,
        waits boolean not null default true,
        etag text,
        last_modified text,
        read_at timestamptz,
        error text,
        failures integer not null default 0,
        primary key (workspace_id, id),
        unique (workspace_id, knowledge_id, url),
        foreign key (workspace_id, knowledge_id) references knowledge_sources (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'knowledge_pages');
    await runner.query(`
      alter table passages
        add column page_id uuid,
        add constraint passages_page_fkey foreign key (workspace_id, page_id)
          references knowledge_pages (workspace_id, id) on delete cascade`);
    await runner.query(`create index passages_page on passages (workspace_id, page_id) where page_id is not null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
