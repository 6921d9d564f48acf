import { Injectable, type OnModuleInit } from '@nestjs/common';
import { forgetCauses } from '../../channels/index.js';
import { type Sql, type WorkspaceTransaction, sql, sqlName } from '../../platform/database/index.js';
import {
  type ErasedBatch,
  type Eraser,
  LegalHolds,
  PersonalData,
  type Subject,
  mentions,
} from '../../platform/personal-data/index.js';
import { eraseChannelRest } from './erase-channel-rest.js';
import { eraseFiles, eraseMessages } from './erase-messages.js';
import { leaveThreads } from './leave-threads.js';

/**
 * Erases people and what was written with them: first by what they can be met, so that nothing finds them any more, then
 * the messages, then the conversations, and the contact last.
 */
@Injectable()
export class EraseConversations implements Eraser, OnModuleInit {
  readonly module = 'conversations';

  constructor(
    private readonly personalData: PersonalData,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<ErasedBatch> {
    const { scope, conversationIds } = subject;
    if (scope === 'CHANNEL' && conversationIds.length === 0)
      return eraseChannelRest(tx, subject.channelIds, this.holds, limit);
    const isOfPeople = scope !== 'CONVERSATION';
    const uploads = await eraseUploads(tx, subject);
    const met = isOfPeople ? await eraseIdentities(tx, subject) : {};
    const { counts, files, more } = await eraseMessages(tx, conversationIds, limit);
    const removed = [...uploads, ...files];
    if (more) {
      await leaveThreads(tx, conversationIds);
      return { erased: { ...met, ...counts, files: removed.length }, files: removed, more };
    }
    const threads = await eraseThreads(tx, conversationIds);
    const contacts = isOfPeople ? await eraseContacts(tx, subject) : {};
    return {
      erased: {
        ...met,
        ...counts,
        ...threads.counts,
        ...contacts,
        files: removed.length + threads.files.length,
      },
      files: [...removed, ...threads.files],
      more: false,
    };
  }
}

/** What they uploaded in the chat: a message has a copy of its own, and of what was never sent nothing else is known. */
async function eraseUploads(tx: WorkspaceTransaction, subject: Subject): Promise<string[]> {
  const uploads = await tx.query<{ fileId: string }>(sql`
    select f.id as "fileId" from files f join visitors v on v.workspace_id = f.workspace_id and v.id = f.visitor_id
      join ${metUnder(subject)} on v.channel_id = met.channel_id and v.address = met.external_id
     where f.workspace_id = ${tx.workspaceId} and ${isOfBefore(subject)}`);
  return eraseFiles(tx, uploads);
}

/** How they can be met: sessions of the chat, addresses, and what waits under an address. */
async function eraseIdentities(tx: WorkspaceTransaction, subject: Subject): Promise<Record<string, number>> {
  const met = metUnder(subject);
  return {
    visitors: await tx.execute(sql`
      delete from visitors v using ${met}
       where v.workspace_id = ${tx.workspaceId} and v.channel_id = met.channel_id and v.address = met.external_id
         and ${isOfBefore(subject)}`),
    early_signals: await tx.execute(sql`
      delete from early_signals e using ${met}
       where e.workspace_id = ${tx.workspaceId} and e.channel_id = met.channel_id
         and e.message_external_id = 'person ' || met.external_id`),
    contact_identities: await tx.execute(sql`
      delete from contact_identities where workspace_id = ${tx.workspaceId} and contact_id = any (${subject.contactIds}::uuid[])`),
  };
}

/** Of the sessions under these addresses, those that whoever has come back since does not have. */
function isOfBefore({ traces }: Subject): Sql {
  const foundAt = traces?.foundAt ?? null;
  return sql`(${foundAt}::timestamptz is null or v.created_at <= ${foundAt}::timestamptz)`;
}

function metUnder({ traces }: Subject): Sql {
  const addresses = traces?.addresses ?? [];
  return sql`unnest(${addresses.map(({ channelId }) => channelId)}::uuid[], ${addresses.map(({ externalId }) => externalId)}::text[]) as met (channel_id, external_id)`;
}

async function eraseThreads(tx: WorkspaceTransaction, conversationIds: readonly string[]) {
  const of = (table: Sql) =>
    tx.execute(
      sql`delete from ${table} where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[])`,
    );
  const drafted = await tx.query<{ fileId: string }>(sql`
    delete from composer_draft_files where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[])
    returning file_id as "fileId"`);
  const files = await eraseFiles(tx, drafted);
  const counts = {
    composer_drafts: await of(sql`composer_drafts`),
    contact_proposals: await of(sql`contact_proposals`),
    conversation_rounds: await of(sql`conversation_rounds`),
    read_pointers: await of(sql`read_pointers`),
    'token_uses: in which conversation': await forgetCauses(tx, conversationIds),
    conversations: await tx.execute(
      sql`delete from conversations where workspace_id = ${tx.workspaceId} and id = any (${conversationIds}::uuid[])`,
    ),
  };
  return { counts, files };
}

async function eraseContacts(
  tx: WorkspaceTransaction,
  { contactIds, traces }: Subject,
): Promise<Record<string, number>> {
  const { addresses = [], names = [], words = [] } = traces ?? {};
  const views = await eraseViews(tx, [...addresses.map(({ externalId }) => externalId), ...names, ...words]);
  return {
    ...views,
    contact_notes: await tx.execute(
      sql`delete from contact_notes where workspace_id = ${tx.workspaceId} and contact_id = any (${contactIds}::uuid[])`,
    ),
    contact_merges: await tx.execute(sql`
      delete from contact_merges where workspace_id = ${tx.workspaceId}
         and (kept_id = any (${contactIds}::uuid[]) or merged_id = any (${contactIds}::uuid[]))`),
    'token_uses: for which contact': await forgetCauses(tx, contactIds),
    contacts: await tx.execute(
      sql`delete from contacts where workspace_id = ${tx.workspaceId} and id = any (${contactIds}::uuid[])`,
    ),
  };
}

/** Views of the inbox and segments that are called after somebody, or look for them. There are few. */
async function eraseViews(tx: WorkspaceTransaction, names: readonly string[]): Promise<Record<string, number>> {
  const small = names.map((name) => name.toLowerCase());
  const erased: Record<string, number> = {};
  for (const [table, about] of [
    ['saved_views', sql`filter ->> 'search'`],
    ['contact_segments', sql`filter ->> 'fields'`],
  ] as const) {
    const views = await tx.query<{ id: string; text: string }>(sql`
      select id, name || ' ' || coalesce(${about}, '') as text from ${sqlName(table)} where workspace_id = ${tx.workspaceId}`);
    const found = views.filter(({ text }) => mentions(text.toLowerCase(), small)).map(({ id }) => id);
    if (found.length === 0) continue;
    erased[table] = await tx.execute(
      sql`delete from ${sqlName(table)} where workspace_id = ${tx.workspaceId} and id = any (${found}::uuid[])`,
    );
  }
  return erased;
}
