import { Injectable } from '@nestjs/common';
import { FindSubject } from '../../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import {
  type WorkspaceTransaction,
  Workspaces,
  cleanInput,
  newId,
  sql,
  waitForOthers,
} from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { ErasureJournal } from '../erasure/index.js';
import { type HoldRow, holdColumns } from './hold.row.js';

const longest = 1_000;

/** Keeps somebody's data, or all of a workspace's, from being erased while a law or a court asks for that. */
@Injectable()
export class PlaceHold {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly subjects: FindSubject,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly journal: ErasureJournal,
  ) {}

  run(actor: MemberActor, contactId: string | null, reason: string, origin: RequestOrigin): Promise<HoldRow> {
    const why = cleanInput(reason).trim();
    if (why === '')
      throw badInput('reason', 'Say why the data has to be kept: which law, court or case.', 'HOLD_REASON');
    if (why.length > longest)
      throw badInput('reason', `Say why in at most ${String(longest)} characters.`, 'TOO_LONG', {
        most: String(longest),
      });
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      // Nothing of theirs begins to be erased between the look and the hold.
      await waitForOthers(tx, 'receive-messages');
      if (contactId !== null) await this.subjects.contact(tx, [contactId.toLowerCase()]);
      const hold = await this.insert(tx, contactId, why);
      this.journal.hold(tx, 'hold-placed', hold.id, hold.contactId);
      this.audit.record(tx, { actor, action: 'legal-hold.place', target: hold.id, origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [hold.id], detail: 'legal-holds' });
      return hold;
    });
  }

  private async insert(tx: WorkspaceTransaction, contactId: string | null, reason: string): Promise<HoldRow> {
    const row = await tx.first<HoldRow>(sql`
      insert into legal_holds (workspace_id, id, contact_id, reason)
      values (${tx.workspaceId}, ${newId()}, ${contactId}, ${reason}) returning ${holdColumns}`);
    if (row === null) throw new Error('A legal hold was not written.');
    return row;
  }
}
