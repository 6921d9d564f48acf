import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MembershipEnded } from '../accounts/index.js';
import { ContactsMerged, ContactsUnmerged } from '../conversations/index.js';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { Facts } from '../platform/outbox/index.js';
import { LeadsUpdated } from './leads.events.js';
import { type LeadActivity, NoteActivity } from './note-activity.js';

/** Of more leads than these it is told in one word that they changed: screens read their lists again. */
const toldOneByOne = 100;

/** Leads follow whom they are of when contacts are made one, and when that is taken back; a member who goes leaves theirs. */
@Injectable()
export class FollowContacts implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly feed: LiveFeed,
    private readonly activity: NoteActivity,
  ) {}

  onModuleInit(): void {
    this.facts.on(ContactsMerged, (tx, { keptId, mergedIds }) => this.merged(tx, keptId, mergedIds));
    this.facts.on(ContactsUnmerged, (tx, { keptId }) => this.unmerged(tx, keptId));
    this.facts.on(MembershipEnded, (tx, { memberId }) => this.left(tx, memberId));
  }

  private async left(tx: WorkspaceTransaction, memberId: string): Promise<void> {
    const theirs = sql`workspace_id = ${tx.workspaceId} and member_id = ${memberId}`;
    const left = await tx.query<{ id: string }>(sql`
      update leads set owner_id = null where workspace_id = ${tx.workspaceId} and owner_id = ${memberId} returning id`);
    await this.tell(tx, { kind: 'OWNER', memberId: null }, left);
    await tx.execute(sql`delete from lead_reminders where ${theirs}`);
    await tx.execute(sql`delete from lead_assignees where ${theirs}`);
  }

  private async merged(tx: WorkspaceTransaction, keptId: string, mergedIds: readonly string[]): Promise<void> {
    const moved = await tx.query<{ id: string }>(sql`
      update leads set contact_id = ${keptId} where workspace_id = ${tx.workspaceId} and contact_id = any (${mergedIds}::uuid[])
      returning id`);
    await this.tell(tx, { kind: 'MERGED', memberId: null }, moved);
  }

  /** Each goes to whoever its own contact stands for now: by what the contacts say, so that merges of merges are right too. */
  private async unmerged(tx: WorkspaceTransaction, keptId: string): Promise<void> {
    const moved = await tx.query<{ id: string }>(sql`
      with recursive standing as (
        select l.id as lead, k.id, k.merged_into from leads l
          join contacts k on k.workspace_id = l.workspace_id and k.id = l.original_contact_id
         where l.workspace_id = ${tx.workspaceId} and l.contact_id = ${keptId}
        union all
        select s.lead, k.id, k.merged_into from standing s
          join contacts k on k.workspace_id = ${tx.workspaceId} and k.id = s.merged_into
      )
      update leads set contact_id = s.id from standing s
       where workspace_id = ${tx.workspaceId} and leads.id = s.lead and s.merged_into is null and s.id <> ${keptId}
      returning leads.id`);
    await this.tell(tx, { kind: 'UNMERGED', memberId: null }, moved);
  }

  private async tell(
    tx: WorkspaceTransaction,
    happened: LeadActivity,
    changed: readonly { readonly id: string }[],
  ): Promise<void> {
    if (changed.length === 0) return;
    const ids = changed.map(({ id }) => id);
    await this.activity.addTo(tx, ids, happened);
    if (ids.length > toldOneByOne)
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [tx.workspaceId], detail: 'leads' });
    else this.feed.append(tx, ...ids.map((id) => ({ kind: 'LeadChanged', ids: [id] })));
    await this.facts.announce(tx, new LeadsUpdated(ids));
  }
}
