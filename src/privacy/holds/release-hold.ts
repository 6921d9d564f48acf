import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ErasureJournal, ResumeErasures } from '../erasure/index.js';
import { HoldReleased } from './hold.events.js';
import { type HoldRow, holdColumns } from './hold.row.js';

/** Ends a hold; what it stopped goes on at once. Ending it once more changes nothing. */
@Injectable()
export class ReleaseHold {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly erasures: ResumeErasures,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
    private readonly journal: ErasureJournal,
  ) {}

  run(actor: MemberActor, id: string, origin: RequestOrigin): Promise<HoldRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const hold = isUuid(id)
        ? await tx.first<HoldRow>(sql`
            select ${holdColumns} from legal_holds where workspace_id = ${tx.workspaceId} and id = ${id} for update`)
        : null;
      if (hold === null) throw notFound('This legal hold');
      if (hold.releasedAt !== null) return hold;
      const released = await tx.first<HoldRow>(sql`
        update legal_holds set released_at = now() where workspace_id = ${tx.workspaceId} and id = ${hold.id} returning ${holdColumns}`);
      this.journal.hold(tx, 'hold-released', hold.id, hold.contactId);
      await this.erasures.resume(tx);
      await this.facts.announce(tx, new HoldReleased(hold.id));
      this.audit.record(tx, { actor, action: 'legal-hold.release', target: hold.id, origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [hold.id], detail: 'legal-holds' });
      return released ?? hold;
    });
  }
}
