import { type Sql, emptySql, sql } from '../../platform/database/index.js';

/** What a report is of. */
export interface Asked {
  readonly workspaceId: string;
  readonly from: Date;
  readonly to: Date;
  /** Where the days begin, for a report by day. */
  readonly days: readonly Date[];
  readonly by: 'DAY' | 'CHANNEL' | 'MEMBER';
}

/** A group of a metric, or with `total` all of it. */
export interface Counted {
  readonly metric: 'started' | 'answered' | 'resolved' | 'waiting';
  readonly total: boolean;
  readonly key: string;
  readonly count: number;
  readonly reopened: number;
  readonly median: number | null;
  readonly p90: number | null;
}

/** Messages of a group, or with `total` all of them. */
export interface CountedMessages {
  readonly total: boolean;
  readonly key: string;
  readonly incoming: number;
  readonly outgoing: number;
  readonly byAi: number;
}

/**
 * Everything about conversations and their rounds, in one statement: the workspace's conversations are read once, rounds that
 * are over by the index of the time asked.
 */
export function roundsStatement({ workspaceId, from, to, days, by }: Asked): Sql {
  const key = (at: Sql, member: Sql) => keyOf(by, days, at, sql`channel_id`, member);
  const within = (at: Sql) => sql`(${at} >= ${from} and ${at} < ${to})`;
  return sql`
    with threads as materialized (
      select c.id, c.channel_id, c.assignee_id, c.round, c.round_started_at, c.answered_at, c.answer_id, c.waiting_since
        from conversations c where c.workspace_id = ${workspaceId} and not c.spam
    ), rounds as materialized (
      select t.channel_id, t.assignee_id as member_id, t.round, t.round_started_at as started_at, t.answered_at, t.answer_id,
             null::timestamptz as resolved_at
        from threads t where ${within(sql`t.round_started_at`)}
      union all
      select t.channel_id, r.member_id, r.round, r.started_at, r.answered_at, r.answer_id, r.resolved_at
        from conversation_rounds r join threads t on t.id = r.conversation_id
       where r.workspace_id = ${workspaceId} and (${within(sql`r.started_at`)} or ${within(sql`r.resolved_at`)})
    )
    select 'started' as metric, grouping(g.key) = 1 as total, coalesce(g.key, '') as key, count(*)::int as count,
           count(*) filter (where g.round > 1)::int as reopened, null::float8 as median, null::float8 as p90
      from (select ${key(sql`started_at`, sql`member_id`)} as key, round from rounds where ${within(sql`started_at`)}) g
     group by grouping sets ((g.key), ())
    union all
    select 'answered', grouping(g.key) = 1, coalesce(g.key, ''), count(*)::int, 0,
           percentile_cont(0.5) within group (order by g.seconds), percentile_cont(0.9) within group (order by g.seconds)
      from (select ${by === 'MEMBER' ? answerer(workspaceId) : key(sql`started_at`, sql`member_id`)} as key,
                   greatest(extract(epoch from answered_at - started_at), 0)::float8 as seconds
              from rounds where ${within(sql`started_at`)} and answered_at is not null) g
     group by grouping sets ((g.key), ())
    union all
    select 'resolved', grouping(g.key) = 1, coalesce(g.key, ''), count(*)::int, 0,
           percentile_cont(0.5) within group (order by g.seconds), null
      from (select ${key(sql`resolved_at`, sql`member_id`)} as key,
                   greatest(extract(epoch from resolved_at - started_at), 0)::float8 as seconds
              from rounds where ${within(sql`resolved_at`)}) g
     group by grouping sets ((g.key), ())
    union all
    select 'waiting', grouping(g.key) = 1, coalesce(g.key, ''), count(*)::int, 0, null, null
      from (select ${by === 'DAY' ? sql`case when ${within(sql`waiting_since`)} then ${key(sql`waiting_since`, sql`assignee_id`)} end` : key(sql`waiting_since`, sql`assignee_id`)} as key
              from threads where waiting_since is not null) g
     group by grouping sets ((g.key), ())`;
}

/** Messages by the range of their ids, which carry their time: no other index than the key of the table is needed. */
export function messagesStatement({ workspaceId, from, to, days, by }: Asked): Sql {
  const key =
    by === 'MEMBER'
      ? sql`coalesce(case when m.direction = 'INBOUND' then c.assignee_id::text
                          when m.author = 'BOT' then 'ai' else m.member_id::text end, 'nobody')`
      : keyOf(by, days, sql`m.sent_at`, sql`m.channel_id`, sql`m.member_id`);
  // Joined and not asked for each message: over a long time a hash of the conversations costs a third of that.
  const assigned =
    by === 'MEMBER'
      ? sql`left join conversations c on c.workspace_id = ${workspaceId} and c.id = m.conversation_id`
      : emptySql;
  return sql`
    select grouping(g.key) = 1 as total, coalesce(g.key, '') as key,
           count(*) filter (where g.direction = 'INBOUND')::int as incoming,
           count(*) filter (where g.direction = 'OUTBOUND')::int as outgoing,
           count(*) filter (where g.direction = 'OUTBOUND' and g.author = 'BOT')::int as "byAi"
      from (select ${key} as key, m.direction, m.author
              from messages m ${assigned}
             where m.workspace_id = ${workspaceId} and m.id >= ${firstIdAt(from)}::uuid and m.id < ${firstIdAt(to)}::uuid
               and (m.direction = 'INBOUND'
                    or (m.direction = 'OUTBOUND' and m.author <> 'SYSTEM' and m.status not in ('CANCELED', 'FAILED')))) g
     group by grouping sets ((g.key), ())`;
}

/** The least id that a message of a moment can have. */
function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

function keyOf(by: Asked['by'], days: readonly Date[], at: Sql, channel: Sql, member: Sql): Sql {
  if (by === 'DAY') return sql`width_bucket(${at}, ${days}::timestamptz[])::text`;
  return by === 'CHANNEL' ? sql`${channel}::text` : sql`coalesce(${member}::text, 'nobody')`;
}

/** Who wrote the answer of a round. */
function answerer(workspaceId: string): Sql {
  return sql`coalesce((select case when m.author = 'BOT' then 'ai' else m.member_id::text end from messages m
                        where m.workspace_id = ${workspaceId} and m.id = rounds.answer_id), 'nobody')`;
}
