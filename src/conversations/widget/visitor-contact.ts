import type { Address } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import type { LiveFeed } from '../../platform/live/index.js';
import type { Visitor } from './visitors.js';

/** Stands behind whatever a visitor only says of themselves: members see it, and nothing is found or merged by it. */
const mark = ' (unverified)';
const maxEmails = 20;

/** The address under which a visitor is stored, with what they are called there. */
export function addressOf({ address, proven, email, detailsProven }: Visitor): Address {
  if (email !== null) return { externalId: address, handle: detailsProven ? email : `${email}${mark}` };
  return { externalId: address, handle: proven ? address.slice('user:'.length) : null };
}

/** What members see as the visitor's name. */
export function shownName({ name, detailsProven }: Visitor): string | null {
  return name === null ? null : detailsProven ? name : `${name}${mark}`;
}

/**
 * Brings a visitor's contact up to what is known of them. A name that a member gave stays; an e-mail address joins the
 * contact's only where the site has signed it.
 */
export async function describeContact(
  tx: WorkspaceTransaction,
  feed: LiveFeed,
  channelId: string,
  visitor: Visitor,
): Promise<void> {
  const name = shownName(visitor);
  const email = visitor.detailsProven ? (visitor.email?.toLowerCase() ?? null) : null;
  const { handle } = addressOf(visitor);
  await tx.execute(sql`
    update contact_identities set handle = ${handle}
     where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${visitor.address}
       and ${handle}::text is not null and handle is distinct from ${handle}`);
  const changed = await tx.first<{ id: string }>(sql`
    update contacts k set name = case when said.names then ${name} else k.name end,
                          emails = case when said.mails then k.emails || ${email}::text else k.emails end
      from (select o.workspace_id, o.id,
                   coalesce(${name}::text <> coalesce(o.name, '') and (o.name is null or right(o.name, ${mark.length}) = ${mark}), false) as names,
                   ${email}::text is not null and not coalesce(${email}::text = any (o.emails), false) and cardinality(o.emails) < ${maxEmails} as mails
              from contact_identities i join contacts o on o.workspace_id = i.workspace_id and o.id = i.contact_id
             where i.workspace_id = ${tx.workspaceId} and i.channel_id = ${channelId} and i.external_id = ${visitor.address}) said
     where k.workspace_id = said.workspace_id and k.id = said.id and (said.names or said.mails) returning k.id`);
  if (changed !== null) feed.append(tx, { kind: 'ContactChanged', ids: [changed.id] });
}

/**
 * The site has proved who wrote so far under an address of their own: from now on the thread is that person's. Where they
 * have a thread already, the two stay apart: what somebody wrote before they signed in is not put under another's name.
 */
export async function joinAddress(
  tx: WorkspaceTransaction,
  channelId: string,
  previous: string,
  current: string,
): Promise<void> {
  await tx.execute(sql`
    insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
    select workspace_id, ${newId()}, channel_id, ${current}, contact_id, contact_id, kind, null, thread_key
      from contact_identities where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${previous}
    on conflict (workspace_id, channel_id, external_id) do nothing`);
}
