import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp, tenantTable } from './statements/tenant-table.js';

/** Erasing a person: what is being erased, who may not come back by a late delivery, and what a law keeps from it. */
export class Erasures1763730010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.erasures(runner);
    await this.tombstones(runner);
    await this.holds(runner);
    await this.audit(runner);
    await this.lookUp(runner);
  }

  private async erasures(runner: QueryRunner): Promise<void> {
    // Whose rows go is forgotten with the last of them: a finished erasure has counts and times alone.
    await runner.query(`
      create table erasures (
        workspace_id uuid not null references workspaces on delete cascade,
        id uuid not null,
        scope text not null check (scope in ('CONTACT', 'CONVERSATION', 'CHANNEL', 'USER', 'WORKSPACE')),
        subject jsonb,
        traces bytea,
        files uuid[] not null default '{}',
        request_id uuid,
        cause text not null,
        erased jsonb not null default '{}',
        tombstones integer not null default 0,
        begun_at timestamptz not null default now(),
        held_at timestamptz,
        completed_at timestamptz,
        primary key (workspace_id, id)
      )`);
    await runner.query(`create index erasures_open on erasures (workspace_id) where completed_at is null`);
    await tenantTable(runner, 'erasures');
  }

  private async tombstones(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tombstones (
        workspace_id uuid not null references workspaces on delete cascade,
        digest bytea not null,
        erased_at timestamptz not null,
        expires_at timestamptz not null,
        primary key (workspace_id, digest)
      )`);
    await tenantTable(runner, 'tombstones');
  }

  private async holds(runner: QueryRunner): Promise<void> {
    // No foreign key to the contact: a hold stands whatever else becomes of it, and says so.
    await runner.query(`
      create table legal_holds (
        workspace_id uuid not null references workspaces on delete cascade,
        id uuid not null,
        contact_id uuid,
        reason text not null,
        placed_at timestamptz not null default now(),
        released_at timestamptz,
        primary key (workspace_id, id)
      )`);
    await runner.query(
      `create index legal_holds_standing on legal_holds (workspace_id, contact_id) where released_at is null`,
    );
    await tenantTable(runner, 'legal_holds');
  }

  /**
   * Blanks what audit entries say of the subject of an erasure that goes on: whom they are about, and the details. Who did
   * what and when stays, and so does the chain: it goes over commitments, which cannot be opened without the salt.
   */
  private async audit(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table audit_entries add column erasure_id uuid`);
    await runner.query(
      `create index audit_entries_target on audit_entries (workspace_id, target) where target is not null`,
    );
    await runner.query(`
      create function blank_audit_entries(p_erasure uuid, p_limit integer) returns integer language plpgsql
        security definer set search_path = pg_catalog, public as $$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_ids text[];
        v_blanked integer;
      begin
        select array(select jsonb_array_elements_text(e.subject->'contactIds')
                     union select jsonb_array_elements_text(e.subject->'conversationIds'))
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
    await callableByApp(runner, 'blank_audit_entries(uuid, integer)');
  }

  /**
   * As \`look_up_messages\`, which servers that still run go on calling, and whether anybody was erased here at all: only
   * then is it asked who.
   */
  private async lookUp(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function look_up_arrivals(p_workspaces uuid[], p_asked jsonb[])
        returns table (workspace_id uuid, people jsonb, known jsonb, tombstones boolean) language plpgsql
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_material = off
        set plan_cache_mode = force_generic_plan as $$
      #variable_conflict use_column
      declare
        v_workspace uuid;
        v_asked jsonb;
        v_entered text;
      begin
        for v_workspace, v_asked in select * from unnest(p_workspaces, p_asked) loop
          v_entered := set_config('app.workspace_id', v_workspace::text, true);
          return query select
            v_workspace,
            (select jsonb_agg(jsonb_build_array(i.channel_id, i.external_id, i.contact_id, i.thread_key, c.id, k.blocked))
               from jsonb_to_recordset(v_asked->'addresses') as asked (channel uuid, external text)
               cross join lateral (
                 select * from contact_identities found
                  where found.workspace_id = v_workspace and found.channel_id = asked.channel and found.external_id = asked.external offset 0) i
               join contacts k on k.workspace_id = v_workspace and k.id = i.contact_id
               left join conversations c on c.workspace_id = v_workspace and c.channel_id = i.channel_id and c.thread_key = i.thread_key),
            (select jsonb_agg(jsonb_build_array(m.channel_id, m.external_id))
               from (select channel, external, external_digest(v_workspace, channel, external) as digest
                       from jsonb_to_recordset(v_asked->'messages') as named (channel uuid, external text) offset 0) asked
               cross join lateral (
                 select * from messages found
                  where found.workspace_id = v_workspace and found.external_digest = asked.digest
                    and found.channel_id = asked.channel and found.external_id = asked.external offset 0) m),
            exists (select from tombstones t where t.workspace_id = v_workspace);
        end loop;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
