import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type ContactRow, contactColumns } from '../contact.row.js';
import { ContactMoves } from './contact-moves.js';
import { ContactsMerged } from './contacts.events.js';
import { forgetMergesKind, unmergeDays } from './forget-merges.worker.js';
import { lockContacts } from './lock-contacts.js';
import { type MergedDetails, detailAssignments, detailColumns, mergeDetails } from './merged-details.js';

const maxMerges = 20;

/** Makes several contacts one, because they are the same person. */
@Injectable()
export class MergeContacts {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly moves: ContactMoves,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    keepId: string,
    mergeIds: readonly string[],
  ): Promise<ContactRow> {
    const others = [...new Set(mergeIds.map((id) => id.toLowerCase()))];
    if (others.length === 0) throw badInput('mergeIds', 'Say which contacts are the same person.');
    if (others.length > maxMerges)
      throw badInput('mergeIds', `Merge at most ${String(maxMerges)} contacts at once.`, 'TOO_MANY', {
        most: String(maxMerges),
      });
    if (others.includes(keepId.toLowerCase()))
      throw badInput('mergeIds', 'The contact that is kept cannot be merged into itself.');
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const [keep] = await lockContacts(tx, [keepId, ...others]);
      if (keep === undefined) throw new Error('Locked contacts come in the order of their ids.');
      const merged = await this.merge(tx, keep.id, others);
      this.feed.append(tx, { kind: 'ContactChanged', ids: [keep.id] });
      this.feed.append(tx, { kind: 'WorkspaceChanged', detail: 'contacts-merged', ids: [keep.id, ...others] });
      await this.facts.announce(tx, new ContactsMerged(keep.id, others));
      this.audit.record(tx, { actor, action: 'contact.merge', target: keep.id, origin, detail: { merged: others } });
      return merged;
    });
  }

  private async merge(tx: WorkspaceTransaction, keepId: string, others: readonly string[]): Promise<ContactRow> {
    const rows = await tx.query<MergedDetails & { id: string }>(sql`
      select k.id, ${detailColumns} from contacts k where k.workspace_id = ${tx.workspaceId} and k.id = any (${[keepId, ...others]}::uuid[])`);
    const details = new Map(rows.map(({ id, ...rest }) => [id, rest]));
    let kept = detailsOf(details, keepId);
    for (const id of others) {
      const after = mergeDetails(kept, detailsOf(details, id));
      const moved = await this.moves.all(tx, id, keepId);
      const mergeId = newId();
      await tx.execute(sql`
        insert into contact_merges (workspace_id, id, kept_id, merged_id, kept_before, moved)
        values (${tx.workspaceId}, ${mergeId}, ${keepId}, ${id}, ${JSON.stringify(kept)}::jsonb, ${JSON.stringify({ ...moved, after })}::jsonb)`);
      // What is remembered of people so that it can be taken back is not kept when it cannot be any more.
      this.outbox.scheduleAfter(tx, forgetMergesKind, mergeId, unmergeDays * 86_400 + 60);
      kept = after;
    }
    await tx.execute(sql`
      update contacts set merged_into = ${keepId} where workspace_id = ${tx.workspaceId} and id = any (${others}::uuid[])`);
    return writeDetails(tx, keepId, kept);
  }
}

/** Writes what stands of a contact after a merge, or after taking one back. */
export async function writeDetails(tx: WorkspaceTransaction, id: string, details: MergedDetails): Promise<ContactRow> {
  const row = await tx.first<ContactRow>(sql`
    update contacts k set ${detailAssignments(details)} where k.workspace_id = ${tx.workspaceId} and k.id = ${id} returning ${contactColumns}`);
  if (row === null) throw new Error('A contact that is locked cannot go away.');
  return row;
}

function detailsOf(details: ReadonlyMap<string, MergedDetails>, id: string): MergedDetails {
  const found = details.get(id);
  if (found === undefined) throw new Error('A contact that is locked cannot go away.');
  return found;
}
