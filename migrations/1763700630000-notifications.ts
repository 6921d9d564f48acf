import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows, tenantTable } from './statements/tenant-table.js';

const kinds = `'NEW_CONVERSATION', 'ASSIGNED', 'MENTIONED', 'NEW_LEAD', 'CHANNEL_TROUBLE', 'PRIVACY_DUE', 'LIMIT_NEAR'`;

/** What members want to be told by mail and push, what waits to be told, and the browsers that take pushes. */
export class Notifications1763700630000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notification_preferences (
        workspace_id uuid not null,
        member_id uuid not null,
        mail text[] not null check (mail <@ array[${kinds}]),
        push text[] not null check (push <@ array[${kinds}]),
        quiet_from smallint,
        quiet_until smallint,
        primary key (workspace_id, member_id),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
        check ((quiet_from is null) = (quiet_until is null))
      )`);
    await tenantTable(runner, 'notification_preferences');
    // One row for each kind that waits, however often it came: a flood of news is one count that grows.
    await runner.query(`
      create table notifications (
        workspace_id uuid not null,
        member_id uuid not null,
        way text not null check (way in ('MAIL', 'PUSH')),
        kind text not null check (kind in (${kinds})),
        count integer not null,
        conversation_id uuid,
        last_at timestamptz not null default now(),
        primary key (workspace_id, member_id, way, kind),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete set null (conversation_id)
      )`);
    await runner.query(`create index notifications_conversation on notifications (workspace_id, conversation_id)`);
    await tenantTable(runner, 'notifications');
    // A browser is a person's, in however many workspaces. It ends with the session that registered it.
    await runner.query(`
      create table push_subscriptions (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        session_id uuid not null references sessions (id) on delete cascade,
        endpoint_digest bytea not null unique,
        address bytea not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`create index push_subscriptions_user on push_subscriptions (user_id)`);
    await runner.query(`create index push_subscriptions_session on push_subscriptions (session_id)`);
    await grantRows(runner, 'push_subscriptions');
    await runner.query(`
      create table watchers (
        member_id uuid primary key,
        seen_at timestamptz not null default now()
      )`);
    await runner.query(`create index watchers_seen on watchers (seen_at)`);
    await grantRows(runner, 'watchers');
    await this.tellMembers(runner);
  }

  /**
   * Notes that members are to be told something, for each by the ways that they chose, and schedules the telling. What
   * waits already keeps its time: news that goes on coming does not put it off. Gives whom to push to.
   */
  private async tellMembers(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function tell_members(p_kind text, p_members uuid[], p_roles text[], p_conversation uuid, p_count integer,
                                   p_default text[], p_jobs text[], p_waits double precision[]) returns uuid[] language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_pushed uuid[];
      begin
        with wanted as (
          select m.id as member_id, ways.way, ways.job, ways.wait
            from members m
            left join notification_preferences p on p.workspace_id = v_workspace and p.member_id = m.id
           cross join unnest(array['MAIL', 'PUSH'], p_jobs, p_waits) as ways (way, job, wait)
           where m.workspace_id = v_workspace and not m.frozen and (p_members is null or m.id = any (p_members))
             and (p_roles is null or m.role = any (p_roles))
             and case when p.member_id is null then ways.way = any (p_default)
                      when ways.way = 'MAIL' then p_kind = any (p.mail) else p_kind = any (p.push) end
             and case ways.way when 'PUSH' then exists (select from push_subscriptions s where s.user_id = m.user_id)
                               else exists (select from users u where u.id = m.user_id and u.email_verified_at is not null) end
        ), told as (
          insert into notifications as n (workspace_id, member_id, way, kind, count, conversation_id)
          select v_workspace, member_id, way, p_kind, p_count, p_conversation from wanted order by member_id, way
          on conflict (workspace_id, member_id, way, kind) do update
             set count = n.count + excluded.count, last_at = excluded.last_at,
                 conversation_id = case when n.conversation_id = excluded.conversation_id then n.conversation_id end
        ), scheduled as (
          insert into due as waiting (kind, workspace_id, row_id, due_at)
          select job, v_workspace, member_id, now() + make_interval(secs => wait) from wanted order by job, member_id
          on conflict (kind, workspace_id, row_id) do update
             set due_at = case when waiting.leased_until is null and waiting.set_aside_at is null
                               then least(waiting.due_at, excluded.due_at) else excluded.due_at end,
                 generation = waiting.generation + 1, attempts = 0, set_aside_at = null, reason = null
        )
        select array_agg(member_id order by member_id) filter (where way = 'PUSH') into v_pushed from wanted;
        return v_pushed;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
