import { Injectable } from '@nestjs/common';
import type { Named } from '../../conversations/index.js';
import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LeadSource } from '../enums.js';
import { submissionName } from './submission-name.js';

/** Leads that are to go, and by what they and who sent them in are known. */
export interface FoundLeads {
  readonly leadIds: readonly string[];
  /** What the sources call them: a late delivery of one of these stays out. */
  readonly submissions: readonly Named[];
  /** Mail addresses and numbers that were given in them. */
  readonly names: readonly string[];
  /** Names of people that were given in them. */
  readonly words: readonly string[];
}

interface Row {
  readonly id: string;
  readonly source: LeadSource;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Finds the leads of somebody, or of a conversation, before any of it goes. */
@Injectable()
export class FindLeads {
  /** Participant. All that these contacts sent in. */
  ofContacts(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<FoundLeads> {
    return find(tx, sql`contact_id = any (${contactIds.filter(isUuid)}::uuid[])`);
  }

  /** Participant. What came of a conversation. */
  ofConversations(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<FoundLeads> {
    return find(tx, sql`conversation_id = any (${conversationIds.filter(isUuid)}::uuid[])`);
  }

  /** Participant. One, with its contact, and whether the contact is known by nothing else and goes with it. */
  async one(
    tx: WorkspaceTransaction,
    id: string,
  ): Promise<FoundLeads & { readonly contactId: string; readonly alone: boolean }> {
    const lead = isUuid(id)
      ? await tx.first<{ contactId: string; alone: boolean }>(sql`
          select l.contact_id as "contactId",
                 not exists (select from leads o where o.workspace_id = l.workspace_id and o.contact_id = l.contact_id and o.id <> l.id)
                 and not exists (select from contact_identities i where i.workspace_id = l.workspace_id and i.contact_id = l.contact_id)
                 and not exists (select from conversations c where c.workspace_id = l.workspace_id and c.contact_id = l.contact_id)
                 and not exists (select from contact_notes n where n.workspace_id = l.workspace_id and n.contact_id = l.contact_id)
                 and not exists (select from contacts m where m.workspace_id = l.workspace_id and m.merged_into = l.contact_id) as alone
            from leads l where l.workspace_id = ${tx.workspaceId} and l.id = ${id}`)
      : null;
    if (lead === null) throw notFound('Lead');
    return { ...(await find(tx, sql`id = ${id}`)), ...lead };
  }
}

async function find(tx: WorkspaceTransaction, which: Sql): Promise<FoundLeads> {
  const rows = await tx.query<Row>(sql`
    select id, source, external_id as "externalId", name, email, phone from leads
     where workspace_id = ${tx.workspaceId} and ${which} order by id`);
  return {
    leadIds: rows.map(({ id }) => id),
    submissions: rows.flatMap(({ source, externalId }) =>
      externalId === null ? [] : [submissionName(source, externalId)],
    ),
    names: present(rows.flatMap(({ email, phone }) => [email, phone])),
    words: present(rows.map(({ name }) => name)),
  };
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
