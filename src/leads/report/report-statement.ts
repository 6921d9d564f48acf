import { type Sql, sql } from '../../platform/database/index.js';
import { LeadDimension } from './report.type.js';

/** What a report is of. */
export interface AskedLeads {
  readonly workspaceId: string;
  readonly by: LeadDimension;
  readonly from: Date;
  readonly to: Date;
  /** Where weeks begin, for a report by week. */
  readonly weeks: readonly Date[];
}

/** A group as it was counted. */
export interface CountedLeads {
  readonly key: string;
  readonly label: string | null;
  readonly leads: number;
  readonly won: number;
  readonly median: number | null;
}

/** So many rows at the most: those of which there are the most. */
const mostRows = 500;

/**
 * One statement over the leads of the time, by the index of when they came in. What is for answers alone is in no report, and
 * what a platform sent in to try a form is no lead of anybody.
 */
export function reportStatement({ workspaceId, by, from, to, weeks }: AskedLeads): Sql {
  return sql`
    with asked as materialized (
      select l.workspace_id, l.contact_id, l.source, l.form_id, l.ad_id, l.campaign_id, l.owner_id, l.status, l.created_at,
             extract(epoch from ${firstReply} - l.created_at)::float8 as seconds
        from leads l
       where l.workspace_id = ${workspaceId} and l.created_at >= ${from} and l.created_at < ${to} and not l.answer_only and not l.test
    )
    select g.key, g.label, count(*)::int as leads, (count(*) filter (where g.status = 'WON'))::int as won,
           percentile_cont(0.5) within group (order by g.seconds) as median
      from (${grouped(by, weeks)}) g
     group by g.key, g.label order by count(*) desc, g.key, g.label nulls first limit ${mostRows}`;
}

/** By a reply to the lead, or by an answer in the conversation that it came of; a word of absence is no answer. */
const firstReply = sql`
  least(l.first_replied_at,
        (select m.sent_at from messages m
          where m.workspace_id = l.workspace_id and m.conversation_id = l.conversation_id and m.direction = 'OUTBOUND'
            and m.author <> 'SYSTEM' and m.status not in ('CANCELED', 'FAILED') and m.sent_at >= l.created_at
          order by m.id limit 1))`;

function grouped(by: LeadDimension, weeks: readonly Date[]): Sql {
  const plain = (key: Sql) => sql`select ${key} as key, null::text as label, status, seconds from asked`;
  switch (by) {
    case LeadDimension.SOURCE:
      return plain(sql`source`);
    case LeadDimension.STATUS:
      return plain(sql`status`);
    case LeadDimension.AD:
      return plain(sql`coalesce(ad_id, 'none')`);
    case LeadDimension.CAMPAIGN:
      return plain(sql`coalesce(campaign_id, 'none')`);
    case LeadDimension.WEEK:
      return plain(sql`width_bucket(created_at, ${weeks}::timestamptz[])::text`);
    case LeadDimension.OWNER:
      return sql`
        select coalesce(a.owner_id::text, 'nobody') as key, u.name as label, a.status, a.seconds
          from asked a left join members m on m.workspace_id = a.workspace_id and m.id = a.owner_id
          left join users u on u.id = m.user_id`;
    case LeadDimension.FORM:
      return sql`
        select coalesce(a.form_id, 'none') as key, f.name as label, a.status, a.seconds
          from asked a left join contact_forms f on f.workspace_id = a.workspace_id and f.id::text = a.form_id`;
    case LeadDimension.TOPIC:
      return sql`
        select coalesce(t.label, 'none') as key, t.label, a.status, a.seconds
          from asked a left join ${topics} t on t.contact_id = a.contact_id`;
  }
}

/** Labels of what people wrote, each once for a person; not of those whose data may only be kept. */
const topics = sql`(
  select distinct c.contact_id, said.label
    from conversations c cross join lateral unnest(c.tags) as said (label)
    join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
   where c.workspace_id = (select workspace_id from asked limit 1) and c.contact_id in (select contact_id from asked)
     and not c.spam and not k.processing_restricted)`;
