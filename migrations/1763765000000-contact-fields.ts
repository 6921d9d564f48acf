import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, tenantTable } from './statements/tenant-table.js';

/** Fields that a workspace keeps of its contacts, each of one kind, and groups of contacts that are found by what is known. */
export class ContactFields1763765000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // key: under what the values stand in contacts.custom_fields; it never changes, so that a new name touches no contact.
    await runner.query(`
      create table contact_fields (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        key text not null,
        name text not null,
        kind text not null check (kind in ('TEXT', 'NUMBER', 'DATE', 'CHOICE', 'YES_NO')),
        choices text[] not null default '{}',
        removed_at timestamptz,
        primary key (workspace_id, id),
        unique (workspace_id, key)
      )`);
    await tenantTable(runner, 'contact_fields');

    await runner.query(`
      create table contact_segments (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text not null,
        filter jsonb not null,
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'contact_segments');
    await this.having(runner);
  }

  /** Who has labels and values, by index. Most contacts have neither, and stand in neither index. */
  private async having(runner: QueryRunner): Promise<void> {
    await runner.query(`create index contacts_tags on contacts using gin (workspace_id, tags) where tags <> '{}'`);
    await runner.query(
      `create index contacts_fields on contacts using gin (workspace_id, custom_fields) where custom_fields <> '{}'`,
    );
    await runner.query(
      `create index contacts_language on contacts (workspace_id, language) where language is not null and merged_into is null`,
    );
    await runner.query(`grant select (tags, custom_fields) on contacts to parley_definer`);
    // What is compared is bound, never written into the statement: only which comparisons there are is put together here.
    await definerFunction(
      runner,
      'contacts_having(text[], jsonb, text[], integer)',
      `create function contacts_having(p_tags text[], p_values jsonb, p_keys text[], p_limit integer) returns setof uuid
         language plpgsql stable security definer set search_path = pg_catalog, public as $$
         begin
           return query execute
             'select c.id from contacts c where c.workspace_id = $1'
             || case when p_tags <> '{}' then ' and c.tags <> ''{}'' and c.tags @> $2' else '' end
             || case when p_values <> '{}' then ' and c.custom_fields <> ''{}'' and c.custom_fields @> $3' else '' end
             || case when p_keys <> '{}' then ' and c.custom_fields <> ''{}'' and c.custom_fields ?& $4' else '' end
             || ' limit $5'
             using nullif(current_setting('app.workspace_id', true), '')::uuid, p_tags, p_values, p_keys, least(p_limit, 10000);
         end $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
