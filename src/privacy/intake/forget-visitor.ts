import { Injectable } from '@nestjs/common';
import { type FoundVisitor, type PresentVisitor, VisitorSubject } from '../../conversations/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { EraseSubject } from '../erasure/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { EraseOnRequest } from './erase-on-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const { COMPLETED, ON_HOLD, VERIFYING } = PrivacyRequestStatus;

/** What became of a visitor's wish: its request, and whether what they wrote here is gone. */
export interface ForgottenVisitor {
  readonly request: RequestRow;
  readonly forgotten: boolean;
}

/**
 * The visitor of a chat asks to be erased. Their own session proves the address that they write from, as a signature proves
 * that of a mail: whoever writes from it is erased as by any other door, with a receipt. An address that a member has put
 * together with others speaks for them only where the site has said who it is: anybody may have claimed a name in a chat.
 */
@Injectable()
export class ForgetVisitor {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly visitors: VisitorSubject,
    private readonly requests: PrivacyRequests,
    private readonly erasing: EraseOnRequest,
    private readonly subjects: EraseSubject,
    private readonly audit: AuditLog,
  ) {}

  /** Not forgotten: a legal hold keeps what they wrote for now. */
  run(present: PresentVisitor): Promise<ForgottenVisitor> {
    return this.workspaces.run(
      present.chat.workspaceId,
      async (tx) => {
        const found = await this.visitors.find(tx, present);
        const waiting = found === null ? null : await this.waiting(tx, found.contactId);
        const isPartOnly = found !== null && found.writesElsewhere && !present.visitor.proven;
        if (waiting !== null && !isPartOnly) return { request: waiting, forgotten: false };
        const row = waiting ?? (await this.open(tx, found?.contactId ?? null, !isPartOnly));
        const { request, forgotten } = isPartOnly
          ? await this.onlyHere(tx, row, found.conversationId)
          : await this.whole(tx, row, found);
        // While a hold stands they can still read what is kept, and ask again.
        if (forgotten) await this.visitors.endSessions(tx, present);
        // Not whom: the log outlives the person.
        this.audit.record(tx, { actor: 'system', action: 'visitor.forget', target: row.id });
        return { request: await this.requests.save(tx, request), forgotten };
      },
      // Nothing that is being received meanwhile may bring the thread back.
      { oneAtATime: 'receive-messages' },
    );
  }

  private open(tx: WorkspaceTransaction, contactId: string | null, proved: boolean): Promise<RequestRow> {
    return this.requests.open(tx, {
      kind: PrivacyRequestKind.ERASE,
      origin: PrivacyRequestOrigin.WIDGET,
      hints: {},
      contactIds: contactId === null ? [] : [contactId],
      proved,
    });
  }

  private async whole(
    tx: WorkspaceTransaction,
    row: RequestRow,
    found: FoundVisitor | null,
  ): Promise<ForgottenVisitor> {
    const request =
      found === null
        ? stepTo(row, COMPLETED, 'They never wrote: nothing but their session was kept, and it is gone.')
        : await this.erasing.orHold(tx, row, 'visitor');
    return { request, forgotten: request.status !== ON_HOLD };
  }

  /** What they wrote in this chat goes; whether the rest is theirs a member decides. */
  private async onlyHere(
    tx: WorkspaceTransaction,
    row: RequestRow,
    conversationId: string | null,
  ): Promise<ForgottenVisitor> {
    const request =
      row.status === VERIFYING && row.details.history.length > 2
        ? row
        : stepTo(
            row,
            VERIFYING,
            'What was said in the chat goes. A member had put it together with what came from elsewhere, and decides whether that goes too.',
          );
    try {
      if (conversationId !== null)
        await this.subjects.begin(
          tx,
          { scope: 'CONVERSATION', conversationId, withLeads: true },
          { requestId: null, by: 'visitor' },
        );
      return { request, forgotten: true };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== ErrorCode.LEGAL_HOLD) throw error;
      return { request, forgotten: false };
    }
  }

  /** Whoever asks again has one request. */
  private async waiting(tx: WorkspaceTransaction, contactId: string): Promise<RequestRow | null> {
    const [row] = await this.requests.select(
      tx,
      sql`origin = ${PrivacyRequestOrigin.WIDGET} and status in (${ON_HOLD}, ${VERIFYING}) and ${contactId}::uuid = any (contact_ids) order by id limit 1`,
    );
    return row ?? null;
  }
}
