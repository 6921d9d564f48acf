import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { contactsByIds } from '../contact.loader.js';
import type { ContactRow } from '../contact.row.js';
import { ContactMoves, type Moved } from './contact-moves.js';
import { ContactsUnmerged } from './contacts.events.js';
import { lockContact } from './lock-contacts.js';
import { unmergeDays } from './forget-merges.worker.js';
import { writeDetails } from './merge-contacts.js';
import { type MergedDetails, detailColumns, unmergeDetails } from './merged-details.js';

interface Merge {
  readonly id: string;
  readonly mergedId: string;
  readonly before: MergedDetails;
  readonly moved: Moved & { readonly after: MergedDetails };
}

/** Takes back the merges into a contact that are not older than 30 days, the last one first. */
@Injectable()
export class UnmergeContacts {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly moves: ContactMoves,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
    private readonly audit: AuditLog,
  ) {}

  /** Gives the contact that was kept, then those that stand for themselves again: these, or all where none are named. */
  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    keepId: string,
    mergedIds: readonly string[] | null,
  ): Promise<ContactRow[]> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const keep = await lockContact(tx, keepId);
      const named = mergedIds && new Set(mergedIds.map((id) => id.toLowerCase()));
      const merges = (await this.merges(tx, keep.id)).filter(({ mergedId }) => named?.has(mergedId) ?? true);
      // One that cannot be taken back any more is told, not left out.
      if (merges.length === 0 || (named !== null && merges.length < named.size)) {
        throw new DomainError(
          ErrorCode.CONFLICT,
          `No merge into this contact can be taken back: that is possible for ${String(unmergeDays)} days.`,
          { reason: 'MERGE_STAYS', values: { days: String(unmergeDays) } },
        );
      }
      const kept = await this.takeBack(tx, keep.id, merges);
      const restoredIds = merges.map(({ mergedId }) => mergedId).reverse();
      const restored = await contactsByIds(tx, restoredIds);
      this.feed.append(tx, ...[keep.id, ...restoredIds].map((id) => ({ kind: 'ContactChanged', ids: [id] })));
      await this.facts.announce(tx, new ContactsUnmerged(keep.id, restoredIds));
      this.audit.record(tx, {
        actor,
        action: 'contact.unmerge',
        target: keep.id,
        origin,
        detail: { restored: restoredIds },
      });
      return [kept, ...restoredIds.map((id) => restored.get(id)).filter((row) => row !== undefined)];
    });
  }

  private merges(tx: WorkspaceTransaction, keepId: string): Promise<Merge[]> {
    return tx.query<Merge>(sql`
      select id, merged_id as "mergedId", kept_before as before, moved from contact_merges
       where workspace_id = ${tx.workspaceId} and kept_id = ${keepId} and merged_at >= now() - make_interval(days => ${unmergeDays})
       order by merged_at desc, id desc`);
  }

  private async takeBack(tx: WorkspaceTransaction, keepId: string, merges: readonly Merge[]): Promise<ContactRow> {
    let details = await tx.first<MergedDetails>(sql`
      select ${detailColumns} from contacts k where k.workspace_id = ${tx.workspaceId} and k.id = ${keepId}`);
    if (details === null) throw new Error('A contact that is locked cannot go away.');
    for (const { mergedId, before, moved } of merges) {
      details = unmergeDetails(details, before, moved.after);
      await this.moves.back(tx, keepId, mergedId, moved);
    }
    await tx.execute(sql`
      update contacts set merged_into = null
       where workspace_id = ${tx.workspaceId} and id = any (${merges.map(({ mergedId }) => mergedId)}::uuid[])`);
    await tx.execute(sql`
      delete from contact_merges where workspace_id = ${tx.workspaceId} and id = any (${merges.map(({ id }) => id)}::uuid[])`);
    return writeDetails(tx, keepId, details);
  }
}
