import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../platform/database/index.js';
import type { LeadActivityKind, LeadSource } from './enums.js';

/** What happened with a lead. `value` a word or a time of ours, `aboutId` a member; `text` what a person wrote. */
export interface LeadActivity {
  readonly kind: `${LeadActivityKind}`;
  /** Who did it; null where it came from outside, or by itself. */
  readonly memberId: string | null;
  readonly value?: string | null;
  readonly aboutId?: string | null;
  readonly text?: string | null;
  /** Of a reply: the same for the same reply. */
  readonly replyKey?: string | null;
}

/** Writes down what happened with leads, in the order in which it happened. */
@Injectable()
export class NoteActivity {
  /** Participant. */
  add(tx: WorkspaceTransaction, { leadId, ...activity }: LeadActivity & { readonly leadId: string }): Promise<void> {
    return this.addTo(tx, [leadId], activity);
  }

  /** Participant. The same of several. */
  async addTo(tx: WorkspaceTransaction, leadIds: readonly string[], activity: LeadActivity): Promise<void> {
    const { kind, memberId, value, aboutId, text, replyKey } = activity;
    await tx.execute(sql`
      insert into lead_activities (workspace_id, id, lead_id, kind, member_id, about_id, value, text, reply_key)
      select ${tx.workspaceId}::uuid, noted.id, noted.lead, ${kind}, ${memberId}::uuid, ${aboutId ?? null}::uuid, ${value ?? null}, ${text ?? null}, ${replyKey ?? null}
        from unnest(${leadIds.map(() => newId())}::uuid[], ${leadIds}::uuid[]) as noted (id, lead)`);
  }

  /** Participant. That somebody sent in another lead, at the one that they sent in before; gives that, null where it is their first. */
  async again(
    tx: WorkspaceTransaction,
    { leadId, contactId, source }: { readonly leadId: string; readonly contactId: string; readonly source: LeadSource },
  ): Promise<string | null> {
    const noted = await tx.first<{ leadId: string }>(sql`
      insert into lead_activities (workspace_id, id, lead_id, kind, value)
      select l.workspace_id, ${newId()}::uuid, l.id, 'AGAIN', ${source} from leads l
       where l.workspace_id = ${tx.workspaceId} and l.contact_id = ${contactId} and l.id <> ${leadId}
       order by l.created_at desc, l.id desc limit 1
      returning lead_id as "leadId"`);
    return noted?.leadId ?? null;
  }
}
