import { Injectable } from '@nestjs/common';
import { type PresentVisitor, VisitorSubject } from '../../conversations/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { EraseOnRequest } from './erase-on-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, ON_HOLD } = PrivacyRequestStatus;

/**
 * The visitor of a chat asks to be erased. Their own session proves the address that they write from, as a signature proves
 * that of a mail: whoever writes from it is erased as by any other door, with a receipt.
 */
@Injectable()
export class ForgetVisitor {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly visitors: VisitorSubject,
    private readonly requests: PrivacyRequests,
    private readonly erasing: EraseOnRequest,
    private readonly audit: AuditLog,
  ) {}

  /** Gives the request: ON_HOLD where a legal hold keeps what they wrote for now. */
  run(present: PresentVisitor): Promise<RequestRow> {
    return this.workspaces.run(
      present.chat.workspaceId,
      async (tx) => {
        const contactId = await this.visitors.contactOf(tx, present);
        const waiting = contactId === null ? null : await this.heldAlready(tx, contactId);
        if (waiting !== null) return waiting;
        const row = await this.requests.open(tx, {
          kind: PrivacyRequestKind.ERASE,
          origin: PrivacyRequestOrigin.WIDGET,
          hints: {},
          contactIds: contactId === null ? [] : [contactId],
          proved: true,
        });
        const begun =
          contactId === null
            ? stepTo(row, COMPLETED, 'They never wrote: nothing but their session was kept, and it is gone.')
            : await this.erasing.orHold(tx, row, 'visitor');
        // While a hold stands they can still read what is kept, and ask again.
        if (begun.status !== ON_HOLD) await this.visitors.endSessions(tx, present);
        // Not whom: the log outlives the person.
        this.audit.record(tx, { actor: 'system', action: 'visitor.forget', target: row.id });
        return this.requests.save(tx, begun);
      },
      // Nothing that is being received meanwhile may bring the thread back.
      { oneAtATime: 'receive-messages' },
    );
  }

  /** Whoever asks again while a hold stands has one request. */
  private async heldAlready(tx: WorkspaceTransaction, contactId: string): Promise<RequestRow | null> {
    const [row] = await this.requests.select(
      tx,
      sql`origin = ${PrivacyRequestOrigin.WIDGET} and status = ${ON_HOLD} and ${contactId}::uuid = any (contact_ids) order by id limit 1`,
    );
    return row ?? null;
  }
}
