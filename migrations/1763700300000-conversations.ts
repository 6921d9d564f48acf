import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, readableByFunctions, tenantTable } from './statements/tenant-table.js';

/** Contacts and their addresses, conversations, messages and what happens to them. */
export class Conversations1763700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create extension if not exists btree_gin`);
    await this.contacts(runner);
    await this.conversations(runner);
    await this.messages(runner);
    await this.sending(runner);
    await this.desk(runner);
    await this.search(runner);
  }

  private async contacts(runner: QueryRunner): Promise<void> {
    // array_to_string is only stable, because an element's output might depend on a setting; that of text does not.
    await runner.query(`
      create function spaced(p_texts text[]) returns text language sql immutable parallel safe set search_path = pg_catalog
        as $$ select array_to_string(p_texts, ' ') $$`);
    await runner.query(`
      create table contacts (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text,
        avatar_url text,
        language text,
        emails text[] not null default '{}',
        phones text[] not null default '{}',
        custom_fields jsonb not null default '{}',
        tags text[] not null default '{}',
        blocked boolean not null default false,
        automation_objected boolean not null default false,
        processing_restricted boolean not null default false,
        merged_into uuid,
        first_seen_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        search tsvector not null generated always as (
          to_tsvector('simple', coalesce(name, '') || ' ' || spaced(emails) || ' ' || spaced(phones))) stored,
        primary key (workspace_id, id),
        foreign key (workspace_id, merged_into) references contacts (workspace_id, id) on delete set null (merged_into)
      )`);
    await runner.query(
      `create index contacts_recent on contacts (workspace_id, last_seen_at desc, id desc) where merged_into is null`,
    );
    await runner.query(
      `create index contacts_merged on contacts (workspace_id, merged_into) where merged_into is not null`,
    );
    await tenantTable(runner, 'contacts');

    // thread_key: the addresses of one person on one channel (a phone number and a business-scoped id) share a thread.
    await runner.query(`
      create table contact_identities (
        workspace_id uuid not null,
        channel_id uuid not null,
        external_id text not null,
        id uuid not null,
        contact_id uuid not null,
        original_contact_id uuid not null,
        kind text not null,
        handle text,
        thread_key uuid not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, channel_id, external_id),
        unique (workspace_id, id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade,
        foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index contact_identities_contact on contact_identities (workspace_id, contact_id)`);
    await runner.query(`create index contact_identities_thread on contact_identities (workspace_id, thread_key)`);
    await tenantTable(runner, 'contact_identities');

    await runner.query(`
      create table contact_notes (
        workspace_id uuid not null,
        id uuid not null,
        contact_id uuid not null,
        member_id uuid,
        text text not null,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id)
      )`);
    await runner.query(`create index contact_notes_contact on contact_notes (workspace_id, contact_id, id desc)`);
    await runner.query(`create index contact_notes_member on contact_notes (workspace_id, member_id)`);
    await tenantTable(runner, 'contact_notes');

    await runner.query(`
      create table contact_merges (
        workspace_id uuid not null,
        id uuid not null,
        kept_id uuid not null,
        merged_id uuid not null,
        kept_before jsonb not null,
        moved jsonb not null,
        merged_at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, kept_id) references contacts (workspace_id, id) on delete cascade,
        foreign key (workspace_id, merged_id) references contacts (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index contact_merges_kept on contact_merges (workspace_id, kept_id)`);
    await runner.query(`create index contact_merges_merged on contact_merges (workspace_id, merged_id)`);
    await tenantTable(runner, 'contact_merges');
  }

  private async conversations(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table conversations (
        workspace_id uuid not null,
        id uuid not null,
        channel_id uuid not null,
        contact_id uuid not null,
        thread_key uuid not null,
        subject text,
        status text not null default 'OPEN' check (status in ('OPEN', 'PENDING', 'SNOOZED', 'RESOLVED')),
        priority smallint not null default 0 check (priority between 0 and 4),
        assignee_id uuid,
        tags text[] not null default '{}',
        snoozed_until timestamptz,
        spam boolean not null default false,
        ai_paused boolean not null default false,
        unread_count integer not null default 0,
        last_message_id uuid,
        last_inbound_id uuid,
        last_inbound_at timestamptz,
        waiting_since timestamptz,
        read_by_contact_at timestamptz,
        delivered_to_contact_at timestamptz,
        last_activity_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, channel_id, thread_key),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade,
        foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
        foreign key (workspace_id, assignee_id) references members (workspace_id, id) on delete set null (assignee_id)
      ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`);
    await runner.query(
      `create index conversations_recent on conversations (workspace_id, last_activity_at desc, id desc) where not spam`,
    );
    await runner.query(
      `create index conversations_open on conversations (workspace_id, last_activity_at desc, id desc) where status = 'OPEN' and not spam`,
    );
    await runner.query(
      `create index conversations_waiting on conversations (workspace_id, waiting_since, id) where waiting_since is not null and not spam`,
    );
    await runner.query(
      `create index conversations_priority on conversations (workspace_id, priority desc, last_activity_at desc, id desc) where not spam`,
    );
    await runner.query(
      `create index conversations_assignee on conversations (workspace_id, assignee_id, last_activity_at desc, id desc)`,
    );
    await runner.query(`create index conversations_unread on conversations (workspace_id, id) where unread_count > 0`);
    await runner.query(`create index conversations_contact on conversations (workspace_id, contact_id)`);
    await tenantTable(runner, 'conversations');

    await runner.query(`
      create table read_pointers (
        workspace_id uuid not null,
        conversation_id uuid not null,
        member_id uuid not null,
        message_id uuid not null,
        primary key (workspace_id, conversation_id, member_id),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index read_pointers_member on read_pointers (workspace_id, member_id)`);
    await tenantTable(runner, 'read_pointers');
  }

  private async messages(runner: QueryRunner): Promise<void> {
    // Four bytes each, in the largest table there is.
    await runner.query(`create type message_direction as enum ('INBOUND', 'OUTBOUND', 'NOTE')`);
    await runner.query(`create type message_author as enum ('CONTACT', 'MEMBER', 'BOT', 'SYSTEM')`);
    // The id of a message carries its time (uuidAt), so that (conversation, id) is the order of the thread.
    await runner.query(`
      create table messages (
        workspace_id uuid not null,
        id uuid not null,
        conversation_id uuid not null,
        channel_id uuid not null,
        sent_at timestamptz not null,
        edits integer not null default 0,
        direction message_direction not null,
        author message_author not null,
        kind text not null,
        status text not null,
        member_id uuid,
        text text,
        external_id text,
        reply_to_external_id text,
        content jsonb,
        error text,
        idempotency_key text,
        draft_id uuid,
        edited_at timestamptz,
        deleted_at timestamptz,
        primary key (workspace_id, id),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id)
      )`);
    await runner.query(`create index messages_thread on messages (workspace_id, conversation_id, id desc)`);
    await runner.query(
      `create unique index messages_external on messages (workspace_id, channel_id, external_id) where external_id is not null`,
    );
    await runner.query(
      `create unique index messages_idempotency on messages (workspace_id, idempotency_key) where idempotency_key is not null`,
    );
    await runner.query(
      `create index messages_unsettled on messages (workspace_id, conversation_id, id) where status in ('QUEUED', 'SENDING', 'HELD', 'UNCONFIRMED')`,
    );
    await runner.query(
      `create index messages_member on messages (workspace_id, member_id) where member_id is not null`,
    );
    await tenantTable(runner, 'messages');

    await runner.query(`
      create table attachments (
        workspace_id uuid not null,
        id uuid not null,
        message_id uuid not null,
        position smallint not null,
        kind text not null,
        status text not null check (status in ('FETCHING', 'READY', 'REFERENCE', 'REFUSED', 'GONE')),
        name text,
        content_type text,
        size integer,
        file_id uuid,
        source bytea,
        url text,
        primary key (workspace_id, id),
        unique (workspace_id, message_id, position),
        foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade,
        foreign key (workspace_id, file_id) references files (workspace_id, id) on delete set null (file_id)
      )`);
    await runner.query(
      `create index attachments_file on attachments (workspace_id, file_id) where file_id is not null`,
    );
    await tenantTable(runner, 'attachments');

    // Keyed by the platform's id of the message: a reaction may come before the message, or before our send is confirmed.
    // A removed reaction stays with an empty emoji, so that a late repeat of the older one does not bring it back.
    await runner.query(`
      create table reactions (
        workspace_id uuid not null,
        channel_id uuid not null,
        message_external_id text not null,
        actor text not null,
        by text not null check (by in ('CONTACT', 'MEMBER', 'BOT', 'SYSTEM')),
        emoji text,
        at timestamptz not null,
        primary key (workspace_id, channel_id, message_external_id, actor),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'reactions');

    // What a platform said of a message that has not come yet: an edit, an unsend, a receipt. Applied when it comes.
    await runner.query(`
      create table early_signals (
        workspace_id uuid not null,
        channel_id uuid not null,
        message_external_id text not null,
        kind text not null,
        rank integer not null default 0,
        at timestamptz not null,
        value jsonb not null,
        received_at timestamptz not null default now(),
        primary key (workspace_id, channel_id, message_external_id, kind),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'early_signals');
  }

  private async sending(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table send_attempts (
        workspace_id uuid not null,
        id uuid not null,
        message_id uuid not null,
        number integer not null,
        started_at timestamptz not null default now(),
        finished_at timestamptz,
        outcome text check (outcome in ('sent', 'refused', 'retry', 'unconfirmed')),
        error text,
        primary key (workspace_id, id),
        unique (workspace_id, message_id, number),
        foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'send_attempts');
  }

  private async desk(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table mentions (
        workspace_id uuid not null,
        message_id uuid not null,
        member_id uuid not null,
        conversation_id uuid not null,
        seen_at timestamptz,
        primary key (workspace_id, message_id, member_id),
        foreign key (workspace_id, message_id) references messages (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade
      )`);
    await runner.query(
      `create index mentions_member on mentions (workspace_id, member_id, conversation_id) where seen_at is null`,
    );
    await runner.query(`create index mentions_conversation on mentions (workspace_id, conversation_id)`);
    await tenantTable(runner, 'mentions');

    await runner.query(`
      create table canned_responses (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        shortcut text not null,
        text text not null,
        primary key (workspace_id, id)
      )`);
    await runner.query(
      `create unique index canned_responses_shortcut on canned_responses (workspace_id, lower(shortcut))`,
    );
    await tenantTable(runner, 'canned_responses');
  }

  private async search(runner: QueryRunner): Promise<void> {
    // An index over the expression, not a stored column: the words of a message are not kept twice in its row.
    await runner.query(
      `create index messages_search on messages using gin (workspace_id, to_tsvector('simple', coalesce(text, '')))`,
    );
    await readableByFunctions(runner, 'messages', ['workspace_id', 'id', 'conversation_id', 'text', 'deleted_at']);
    await runner.query(`create index contacts_search on contacts using gin (workspace_id, search)`);
    await readableByFunctions(runner, 'contacts', ['workspace_id', 'id', 'search', 'merged_into']);
    // Text operators are not leakproof, so row security keeps their index from being used. These functions hold the
    // workspace of the transaction themselves and give ids only; the rows are read under row security.
    await definerFunction(
      runner,
      'search_messages(text, uuid, integer)',
      `create function search_messages(p_query text, p_before uuid, p_limit integer) returns setof uuid
         language sql stable security definer set search_path = pg_catalog, public as $$
           select m.id from messages m
            where m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and to_tsvector('simple', coalesce(m.text, '')) @@ to_tsquery('simple', p_query) and m.deleted_at is null
              and (p_before is null or m.id < p_before)
            order by m.id desc limit least(p_limit, 1000)
         $$`,
    );
    await definerFunction(
      runner,
      'search_contacts(text, integer)',
      `create function search_contacts(p_query text, p_limit integer) returns setof uuid
         language sql stable security definer set search_path = pg_catalog, public as $$
           select c.id from contacts c
            where c.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and c.search @@ to_tsquery('simple', p_query) and c.merged_into is null
            limit least(p_limit, 1000)
         $$`,
    );
    await definerFunction(
      runner,
      'search_conversations(text, integer)',
      `create function search_conversations(p_query text, p_limit integer) returns setof uuid
         language sql stable security definer set search_path = pg_catalog, public as $$
           select m.conversation_id from messages m
            where m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and to_tsvector('simple', coalesce(m.text, '')) @@ to_tsquery('simple', p_query) and m.deleted_at is null
            group by m.conversation_id order by max(m.id::text) desc limit least(p_limit, 1000)
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
