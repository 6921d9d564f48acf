import type { MemberRow } from '../../accounts/index.js';
import { memberColumns } from '../../accounts/index.js';
import { type ChannelEntity, channelColumns } from '../../channels/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, emptySql, sql } from '../../platform/database/index.js';
import { type ContactIdentityRow, type ContactRow, contactColumns } from '../contact.row.js';
import { type MessageRow, messageColumns } from '../message.row.js';

/** What a page of conversations may bring along. */
const relationNames = ['channel', 'assignee', 'contact', 'identities', 'lastMessage', 'readPointer'] as const;
type RelationName = (typeof relationNames)[number];
export type Relations = ReadonlySet<RelationName>;
export const noRelations: Relations = new Set();

/**
 * The rows that a page brought along, each under its relation; absent where it was not asked for, null where there is none.
 * Channels and assignees, which many conversations share, come with the first that names them alone; the identities of all
 * contacts come with the first of the page.
 */
export interface RelatedRows {
  readonly channel?: ChannelEntity | null;
  readonly assignee?: MemberRow | null;
  readonly contact?: ContactRow | null;
  readonly identities?: { readonly list: readonly ContactIdentityRow[] } | null;
  readonly lastMessage?: MessageRow | null;
  readonly readPointer?: { readonly messageId: string } | null;
}

/** The relations among the fields that a client asks of a page of conversations. */
export function relationsIn(fields: ReadonlySet<string>): Relations {
  const asked = new Set<RelationName>(relationNames.filter((name) => fields.has(`nodes.${name}`)));
  if (fields.has('nodes.contact.identities')) asked.add('identities');
  if (fields.has('nodes.messagingWindow')) asked.add('channel');
  return asked;
}

/**
 * A statement that gives the rows of `page`, in their order, with the relations beside each. The page is made first, and each
 * relation is looked up by key for its rows alone: as a plain join the planner would rather read the whole workspace. Which
 * row is the first with what it shares is found from the keys alone: whole rows would be copied each time they are sorted.
 */
export function withRelations(page: Sql, relations: Relations, { workspaceId, memberId }: MemberActor): Sql {
  const when = (name: RelationName, part: Sql) => (relations.has(name) ? part : emptySql);
  return sql`
    with page as materialized (select q.*, row_number() over ()::integer as place from (${page}) q)
    select p.*
      ${when('channel', sql`, channel.id as "#channel", channel.*`)}
      ${when('assignee', sql`, assignee.id as "#assignee", assignee.*`)}
      ${when('contact', sql`, contact.id as "#contact", contact.*`)}
      ${when('identities', sql`, case when p.place = 1 then true end as "#identities", case when p.place = 1 then (${identitiesOf(workspaceId)}) end as list`)}
      ${when('lastMessage', sql`, latest.id as "#lastMessage", latest.*`)}
      ${when('readPointer', sql`, pointer."messageId" as "#readPointer", pointer."messageId"`)}
      from page p
      ${when('channel', joined(sql`channel`, sql`select ${channelColumns} from channels h where h.workspace_id = ${workspaceId} and h.id = p."channelId" and ${first(sql`"channelId"`)}`))}
      ${when('assignee', joined(sql`assignee`, sql`select ${memberColumns} from members m join users u on u.id = m.user_id where m.workspace_id = ${workspaceId} and m.id = p."assigneeId" and ${first(sql`"assigneeId"`)}`))}
      ${when('contact', joined(sql`contact`, sql`select ${contactColumns} from contacts k where k.workspace_id = ${workspaceId} and k.id = p."contactId"`))}
      ${when('lastMessage', joined(sql`latest`, sql`select ${messageColumns} from messages m where m.workspace_id = ${workspaceId} and m.id = p."lastMessageId"`))}
      ${when('readPointer', joined(sql`pointer`, sql`select r.message_id as "messageId" from read_pointers r where r.workspace_id = ${workspaceId} and r.conversation_id = p.id and r.member_id = ${memberId}`))}
     order by p.place`;
}

// The limit, which changes nothing, keeps the planner from taking the page and the relation for one join.
function joined(name: Sql, one: Sql): Sql {
  return sql`left join lateral (${one} limit 1) ${name} on true`;
}

/** Whether a row of the page is the first with what it has in a column. */
function first(column: Sql): Sql {
  return sql`p.place = any (array(select min(place) from page group by ${column}))`;
}

/** The identities of all contacts of the page, those of each in their order. */
function identitiesOf(workspaceId: string): Sql {
  return sql`
    with kinds as materialized (select h.id, h.kind from channels h where h.workspace_id = ${workspaceId})
    select coalesce(json_agg(json_build_object('contactId', q."contactId", 'kind', kinds.kind, 'externalId', i.external_id, 'handle', i.handle)
                             order by i.created_at, i.id), '[]')
      from (select distinct "contactId" from page) q
     cross join lateral (select i.* from contact_identities i where i.workspace_id = ${workspaceId} and i.contact_id = q."contactId" offset 0) i
      join kinds on kinds.id = i.channel_id`;
}
