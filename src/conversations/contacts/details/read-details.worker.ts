import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../../platform/database/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { type Job, Queues, type Worker } from '../../../platform/queue/index.js';
import type { ContactRow } from '../../contact.row.js';
import { lockContacts } from '../lock-contacts.js';
import { ApplyDetail } from './apply-detail.js';
import { ChatDetailRules } from './chat-detail-rules.js';
import { findDetails } from './find-details.js';
import { isKnown, isOurs } from './known-details.js';
import { readDetailsKind } from './notice-details.js';
import type { FoundDetail } from './proposal.row.js';

interface Said {
  readonly contactId: string;
  readonly conversationId: string;
  readonly text: string;
}

/** Reads what a contact wrote for how to reach them, and proposes it; where the workspace says so, it is kept at once. */
@Injectable()
export class ReadDetailsWorker implements Worker, OnModuleInit {
  readonly kind = readDetailsKind;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly rules: ChatDetailRules,
    private readonly detail: ApplyDetail,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId: messageId }: Job): Promise<undefined> {
    await this.workspaces.run(workspaceId, async (tx) => {
      const said = await whatWasSaid(tx, messageId);
      if (said === null) return;
      const rule = await this.rules.read(tx);
      const found = findDetails(said.text, await this.rules.country(tx, rule));
      if (found.length === 0) return;
      const [contact] = await lockContacts(tx, [said.contactId]);
      if (contact === undefined || contact.processingRestricted) return;
      const added = await this.propose(tx, contact, said, messageId, found);
      if (added.length === 0) return;
      this.feed.append(tx, { kind: 'ContactChanged', ids: [contact.id] });
      for (const one of added)
        if (rule.applied.includes(one.kind) && found.filter(({ kind }) => kind === one.kind).length === 1)
          await this.detail.applyWhereMissing(tx, contact.id, one);
    });
    return undefined;
  }

  /** What is neither known nor was said before; what was put away stays away. */
  private async propose(
    tx: WorkspaceTransaction,
    contact: ContactRow,
    { conversationId }: Said,
    messageId: string,
    found: readonly FoundDetail[],
  ): Promise<(FoundDetail & { readonly id: string })[]> {
    const added: (FoundDetail & { readonly id: string })[] = [];
    for (const { kind, value } of found) {
      if ((await isKnown(tx, contact, { kind, value })) || (await isOurs(tx, { kind, value }))) continue;
      const row = await tx.first<{ id: string }>(sql`
        insert into contact_proposals (workspace_id, id, contact_id, conversation_id, message_id, kind, value)
        select ${tx.workspaceId}, ${newId()}::uuid, ${contact.id}::uuid, ${conversationId}::uuid, ${messageId}::uuid, ${kind}, ${value}
         where not exists (select from contact_proposals p
                            where p.workspace_id = ${tx.workspaceId} and p.contact_id = ${contact.id} and p.kind = ${kind} and p.value = ${value})
        on conflict (workspace_id, message_id, kind, value) do nothing returning id`);
      if (row !== null) added.push({ id: row.id, kind, value });
    }
    return added;
  }
}

/** What a contact wrote themselves, where it may be used: not spam, not passed on from somebody else, not taken back. */
function whatWasSaid(tx: WorkspaceTransaction, messageId: string): Promise<Said | null> {
  return tx.first<Said>(sql`
    select c.contact_id as "contactId", c.id as "conversationId", m.text
      from messages m
      join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
      join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
     where m.workspace_id = ${tx.workspaceId} and m.id = ${messageId} and m.direction = 'INBOUND' and m.author = 'CONTACT'
       and m.text is not null and m.deleted_at is null and not c.spam and not k.blocked and not k.processing_restricted
       and coalesce(m.content ->> 'forwarded', 'false') <> 'true'`);
}
