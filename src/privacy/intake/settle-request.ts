import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { PrivacyRequests } from './privacy-requests.js';
import { requireOpen } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const longestWords = 2_000;

/** What a member does with an open request: it is held meanwhile, and who did what is written down without a word of it. */
@Injectable()
export class SettleRequest {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly audit: AuditLog,
  ) {}

  run(
    member: MemberActor,
    origin: RequestOrigin,
    what: { readonly id: string; readonly action: string },
    work: (tx: WorkspaceTransaction, row: RequestRow) => Promise<RequestRow>,
  ): Promise<RequestRow> {
    return this.workspaces.run(member.workspaceId, async (tx) => {
      const row = await this.requests.lock(tx, what.id);
      requireOpen(row);
      const next = await work(tx, row);
      this.audit.record(tx, {
        actor: member,
        action: what.action,
        target: row.id,
        origin,
        detail: { kind: row.kind, status: next.status },
      });
      return next;
    });
  }
}

/** What a member writes about a request: something, and not too long. */
export function checkWords(field: string, given: string): string {
  const words = cleanInput(given);
  if (words === '') throw badInput(field, 'Write something first.', 'WRITE_FIRST');
  if (words.length > longestWords)
    throw badInput(field, `Use at most ${String(longestWords)} characters.`, 'TOO_LONG', {
      most: String(longestWords),
    });
  return words;
}
