import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, readableByFunctions, tenantTable } from './statements/tenant-table.js';

/** Bots, the knowledge they answer from, drafts, and the record of every run. */
export class Ai1763700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.settings(runner);
    await this.knowledge(runner);
    await this.bots(runner);
    await this.drafts(runner);
  }

  private async settings(runner: QueryRunner): Promise<void> {
    // No row: nothing was ever set, and nothing leaves for a model.
    await runner.query(`
      create table ai_settings (
        workspace_id uuid primary key references workspaces (id) on delete cascade,
        enabled boolean not null default false,
        base_url text,
        model text,
        embedding_model text,
        api_key bytea,
        monthly_budget_cents integer check (monthly_budget_cents >= 0),
        mask_details boolean not null default false,
        updated_at timestamptz not null default now()
      )`);
    await tenantTable(runner, 'ai_settings');
  }

  private async knowledge(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table knowledge_sources (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        kind text not null check (kind in ('TEXT', 'FAQ', 'URL', 'FILE')),
        title text not null,
        status text not null check (status in ('PENDING', 'READY', 'FAILED')),
        url text,
        internal boolean not null default false,
        error text,
        digest bytea not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, digest)
      )`);
    await tenantTable(runner, 'knowledge_sources');

    // folded: the words of heading, question and text as the application folds them; the query is folded the same way.
    await runner.query(`
      create table passages (
        workspace_id uuid not null,
        id uuid not null,
        knowledge_id uuid not null,
        position integer not null,
        heading text,
        question text,
        text text not null,
        folded text not null,
        internal boolean not null,
        tsv tsvector not null generated always as (to_tsvector('simple', folded)) stored,
        primary key (workspace_id, id),
        unique (workspace_id, knowledge_id, position),
        foreign key (workspace_id, knowledge_id) references knowledge_sources (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index passages_search on passages using gin (workspace_id, tsv)`);
    await tenantTable(runner, 'passages');
    await readableByFunctions(runner, 'passages', ['workspace_id', 'id', 'knowledge_id', 'internal', 'tsv']);
    // Text operators are not leakproof, so row security keeps their index from being used (see search_messages). What
    // matches thousands of passages says nothing: only so many are ranked.
    await definerFunction(
      runner,
      'search_passages(text, uuid[], integer)',
      `create function search_passages(p_query text, p_sources uuid[], p_limit integer)
         returns table (id uuid, rank real)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select m.id, ts_rank_cd(m.tsv, to_tsquery('simple', p_query))
             from (select p.id, p.tsv from passages p
                    where p.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
                      and p.tsv @@ to_tsquery('simple', p_query) and not p.internal
                      and (p_sources is null or p.knowledge_id = any (p_sources))
                    limit 3000) m
            order by 2 desc, 1 limit least(p_limit, 100)
         $$`,
    );
  }

  private async bots(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bots (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        name text not null,
        mode text not null check (mode in ('OFF', 'DRAFT', 'AUTO')),
        lead_mode text not null check (lead_mode in ('OFF', 'DRAFT', 'AUTO')),
        model text,
        instructions text not null default '',
        temperature double precision not null,
        disclosure text not null default '',
        max_replies_per_conversation integer not null,
        handoff_keywords text[] not null default '{}',
        min_confidence double precision,
        topics text[] not null default '{}',
        daily_budget_cents integer,
        quote_on_failure boolean not null default true,
        frozen boolean not null default false,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'bots');

    // A channel has one bot at the most: two would answer one question twice.
    await runner.query(`
      create table bot_channels (
        workspace_id uuid not null,
        channel_id uuid not null,
        bot_id uuid not null,
        primary key (workspace_id, channel_id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete cascade,
        foreign key (workspace_id, bot_id) references bots (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index bot_channels_bot on bot_channels (workspace_id, bot_id)`);
    await tenantTable(runner, 'bot_channels');

    await runner.query(`
      create table bot_knowledge (
        workspace_id uuid not null,
        bot_id uuid not null,
        knowledge_id uuid not null,
        primary key (workspace_id, bot_id, knowledge_id),
        foreign key (workspace_id, bot_id) references bots (workspace_id, id) on delete cascade,
        foreign key (workspace_id, knowledge_id) references knowledge_sources (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index bot_knowledge_knowledge on bot_knowledge (workspace_id, knowledge_id)`);
    await tenantTable(runner, 'bot_knowledge');
  }

  private async drafts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ai_runs (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        at timestamptz not null default now(),
        purpose text not null check (purpose in ('DRAFT', 'AUTO_REPLY', 'LEAD_REPLY', 'PREVIEW', 'EVALUATION', 'EMBEDDING')),
        provider text not null,
        model text not null,
        bot_id uuid,
        conversation_id uuid,
        request jsonb not null,
        response text,
        prompt_tokens integer not null default 0,
        completion_tokens integer not null default 0,
        latency_ms integer not null default 0,
        outcome text not null check (outcome in ('PROPOSED', 'SENT', 'ACCEPTED', 'EDITED', 'DISCARDED', 'HANDED_OFF', 'REFUSED', 'FAILED')),
        error text,
        prompt_version text not null,
        approved_by uuid,
        edit_distance integer,
        masked text[] not null default '{}',
        cost_cents double precision,
        primary key (workspace_id, id),
        foreign key (workspace_id, bot_id) references bots (workspace_id, id) on delete set null (bot_id),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, approved_by) references members (workspace_id, id) on delete set null (approved_by)
      )`);
    await runner.query(`create index ai_runs_conversation on ai_runs (workspace_id, conversation_id, id desc)`);
    await runner.query(`create index ai_runs_bot on ai_runs (workspace_id, bot_id) where bot_id is not null`);
    await runner.query(
      `create index ai_runs_approved_by on ai_runs (workspace_id, approved_by) where approved_by is not null`,
    );
    await tenantTable(runner, 'ai_runs');

    // answers_id: the customer's message that the draft answers. It may be erased before the draft is, so it is no foreign key.
    await runner.query(`
      create table drafts (
        workspace_id uuid not null,
        id uuid not null,
        conversation_id uuid not null,
        answers_id uuid,
        run_id uuid,
        text text not null,
        status text not null check (status in ('GENERATING', 'PROPOSED', 'ACCEPTED', 'EDITED', 'DISCARDED', 'FAILED')),
        confidence double precision,
        message_id uuid,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, run_id) references ai_runs (workspace_id, id) on delete set null (run_id)
      )`);
    await runner.query(`create index drafts_conversation on drafts (workspace_id, conversation_id)`);
    await runner.query(
      `create unique index drafts_proposed on drafts (workspace_id, conversation_id) where status = 'PROPOSED'`,
    );
    await runner.query(`create index drafts_run on drafts (workspace_id, run_id) where run_id is not null`);
    await runner.query(`create index drafts_message on drafts (workspace_id, message_id) where message_id is not null`);
    await tenantTable(runner, 'drafts');

    // A copy of what the draft was based on: it stays to be read after the knowledge has changed, so knowledge_id is no foreign key.
    await runner.query(`
      create table draft_sources (
        workspace_id uuid not null,
        draft_id uuid not null,
        position smallint not null,
        knowledge_id uuid not null,
        title text not null,
        passage text not null,
        url text,
        score double precision not null,
        primary key (workspace_id, draft_id, position),
        foreign key (workspace_id, draft_id) references drafts (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'draft_sources');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
