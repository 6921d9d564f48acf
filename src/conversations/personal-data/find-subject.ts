import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import type { Subject, Traces } from '../../platform/personal-data/index.js';

/** Finds all that is somebody's, or all of one conversation, before any of it goes. */
@Injectable()
export class FindSubject {
  /** Participant. Contacts with all that were merged with them, and every conversation of theirs. */
  async contact(tx: WorkspaceTransaction, ids: readonly string[]): Promise<Subject> {
    const wanted = ids.filter(isUuid);
    const contacts = await tx.query<{ id: string }>(sql`
      with recursive kept as (
        select id, merged_into from contacts where workspace_id = ${tx.workspaceId} and id = any (${wanted}::uuid[])
        union select k.id, k.merged_into from contacts k join kept on k.workspace_id = ${tx.workspaceId} and k.id = kept.merged_into
      ), same as (
        select id from kept
        union select k.id from contacts k join same on k.workspace_id = ${tx.workspaceId} and k.merged_into = same.id
      )
      select id from same order by id`);
    const contactIds = contacts.map(({ id }) => id);
    if (contactIds.length === 0 || wanted.length < ids.length) throw notFound('Contact');
    const conversations = await tx.query<{ id: string }>(sql`
      select id from conversations where workspace_id = ${tx.workspaceId} and contact_id = any (${contactIds}::uuid[])`);
    return {
      scope: 'CONTACT',
      contactIds,
      conversationIds: conversations.map(({ id }) => id),
      channelIds: [],
      memberIds: [],
      traces: await this.traces(tx, contactIds),
    };
  }

  /** Participant. One conversation; its contact stays. */
  async conversation(tx: WorkspaceTransaction, id: string): Promise<Subject & { readonly heldBy: readonly string[] }> {
    const found = isUuid(id)
      ? await tx.first<{ id: string; contactId: string; threadKey: string }>(sql`
          select id, contact_id as "contactId", thread_key as "threadKey" from conversations
           where workspace_id = ${tx.workspaceId} and id = ${id}`)
      : null;
    if (found === null) throw notFound('Conversation');
    const addresses = await tx.query<Traces['addresses'][number]>(sql`
      select i.channel_id as "channelId", ch.external_id as account, i.external_id as "externalId"
        from conversations c
        join contact_identities i on i.workspace_id = c.workspace_id and i.channel_id = c.channel_id and i.contact_id = c.contact_id
        join channels ch on ch.workspace_id = i.workspace_id and ch.id = i.channel_id
       where c.workspace_id = ${tx.workspaceId} and c.id = ${found.id}`);
    return {
      scope: 'CONVERSATION',
      contactIds: [],
      conversationIds: [found.id],
      channelIds: [],
      memberIds: [],
      traces: { addresses, names: [], words: [] },
      heldBy: [found.contactId],
    };
  }

  /** Participant. What these contacts are called, here and elsewhere. */
  async traces(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<Traces> {
    const identities = await tx.query<Traces['addresses'][number] & { handle: string | null }>(sql`
      select i.channel_id as "channelId", ch.external_id as account, i.external_id as "externalId", i.handle
        from contact_identities i join channels ch on ch.workspace_id = i.workspace_id and ch.id = i.channel_id
       where i.workspace_id = ${tx.workspaceId} and i.contact_id = any (${contactIds}::uuid[])`);
    const contacts = await tx.query<{ name: string | null; emails: string[]; phones: string[] }>(sql`
      select name, emails, phones from contacts where workspace_id = ${tx.workspaceId} and id = any (${contactIds}::uuid[])`);
    const visitors = await tx.query<{ name: string | null; email: string | null }>(sql`
      select v.name, v.email from visitors v
        join contact_identities i on i.workspace_id = v.workspace_id and i.channel_id = v.channel_id and i.external_id = v.address
       where v.workspace_id = ${tx.workspaceId} and i.contact_id = any (${contactIds}::uuid[])`);
    // The clock of this moment: the transaction may have waited for others since it began.
    const [moment] = await tx.query<{ at: Date }>(sql`select clock_timestamp() as at`);
    return {
      ...(moment !== undefined && { foundAt: moment.at.toISOString() }),
      addresses: identities.map(({ channelId, account, externalId }) => ({ channelId, account, externalId })),
      names: present([
        ...identities.map(({ handle }) => handle),
        ...contacts.flatMap(({ emails, phones }) => [...emails, ...phones]),
        ...visitors.map(({ email }) => email),
      ]),
      words: present([...contacts, ...visitors].map(({ name }) => name)),
    };
  }
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null && value.trim() !== ''))] as string[];
}
