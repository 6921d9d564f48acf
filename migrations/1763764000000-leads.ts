import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** People who show an interest, and what became of it. */
export class Leads1763764000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.leads(runner);
    await this.activities(runner);
    await this.answerOnly(runner);
    await this.erasing(runner);
  }

  private async leads(runner: QueryRunner): Promise<void> {
    // original_contact_id: whose it was before contacts were made one, so that taking that back finds it again.
    // name to message: as they were given, which is where a reply goes, whatever the contact is called by then.
    await runner.query(`
      create table leads (
        workspace_id uuid not null,
        id uuid not null,
        contact_id uuid not null,
        original_contact_id uuid not null,
        source text not null check (source in ('LEAD_AD', 'CONTACT_FORM', 'CHAT', 'MANUAL', 'IMPORT')),
        status text not null default 'NEW' check (status in ('NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST')),
        owner_id uuid,
        channel_id uuid,
        conversation_id uuid,
        external_id text,
        form_id text,
        ad_id text,
        campaign_id text,
        name text,
        email text,
        phone text,
        company text,
        message text,
        fields jsonb not null default '{}',
        consents jsonb not null default '[]',
        tags text[] not null default '{}',
        answer_only boolean not null default false,
        test boolean not null default false,
        created_at timestamptz not null default now(),
        received_at timestamptz not null default now(),
        primary key (workspace_id, id),
        foreign key (workspace_id, contact_id) references contacts (workspace_id, id) on delete cascade,
        foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id),
        foreign key (workspace_id, channel_id) references channels (workspace_id, id) on delete set null (channel_id),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete set null (conversation_id)
      )`);
    for (const index of [
      `unique index leads_external on leads (workspace_id, source, external_id) where external_id is not null`,
      `index leads_newest on leads (workspace_id, created_at desc, id desc)`,
      `index leads_board on leads (workspace_id, status, created_at desc, id desc)`,
      `index leads_contact on leads (workspace_id, contact_id, created_at desc, id desc)`,
      `index leads_owner on leads (workspace_id, owner_id, created_at desc, id desc)`,
      `index leads_email on leads (workspace_id, email) where email is not null`,
      `index leads_phone on leads (workspace_id, phone) where phone is not null`,
      `index leads_channel on leads (workspace_id, channel_id) where channel_id is not null`,
      `index leads_conversation on leads (workspace_id, conversation_id) where conversation_id is not null`,
    ])
      await runner.query(`create ${index}`);
    await tenantTable(runner, 'leads');
  }

  private async activities(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table lead_activities (
        workspace_id uuid not null,
        id uuid not null,
        lead_id uuid not null,
        kind text not null check (kind in ('CAPTURED', 'STATUS', 'OWNER', 'NOTE', 'REPLY', 'REMINDER')),
        at timestamptz not null default now(),
        member_id uuid,
        about_id uuid,
        value text,
        text text,
        primary key (workspace_id, id),
        foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id)
      )`);
    await runner.query(`create index lead_activities_lead on lead_activities (workspace_id, lead_id, id desc)`);
    await runner.query(`create index lead_activities_member on lead_activities (workspace_id, member_id)`);
    await tenantTable(runner, 'lead_activities');
  }

  /** Whoever is known by a form alone that is used to answer and for nothing else. */
  private async answerOnly(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table contacts add column answer_only boolean not null default false`);
  }

  /** An erasure can be of one lead, and blanks what the audit log says of leads. */
  private async erasing(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table erasures drop constraint erasures_scope_check`);
    await runner.query(`
      alter table erasures add constraint erasures_scope_check
        check (scope in ('CONTACT', 'CONVERSATION', 'CHANNEL', 'USER', 'WORKSPACE', 'LEAD'))`);
    await runner.query(`
      create or replace function blank_audit_entries(p_erasure uuid, p_limit integer) returns integer language plpgsql
        security definer set search_path = pg_catalog, public as $$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_ids text[];
        v_blanked integer;
      begin
        select array(select jsonb_array_elements_text(e.subject->'contactIds')
                     union select jsonb_array_elements_text(e.subject->'conversationIds')
                     union select jsonb_array_elements_text(e.subject->'leadIds'))
          into v_ids from public.erasures e
         where e.workspace_id = v_here and e.id = p_erasure and e.completed_at is null;
        if v_ids is null then
          raise exception 'audit entries are blanked for an erasure that goes on' using errcode = '42501';
        end if;
        with about as (
          (select seq from public.audit_entries
            where workspace_id = v_here and target = any (v_ids) and erasure_id is null limit p_limit)
          union
          (select seq from public.audit_entries
            where workspace_id = v_here and detail is not null and erasure_id is null
              and exists (select from unnest(v_ids) as named (id) where position(named.id in detail::text) > 0) limit p_limit)
        )
        update public.audit_entries a
           set target = null, detail = null, salt = '', erasure_id = p_erasure,
               ip = case when a.actor like 'member:%' or a.actor like 'token:%' then a.ip end
          from about where a.workspace_id = v_here and a.seq = about.seq;
        get diagnostics v_blanked = row_count;
        return v_blanked;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
