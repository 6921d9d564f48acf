import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { SystemDatabase, Workspaces, countInSpan } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';

const cap = { most: 60, seconds: 3_600 } as const;

/** What leaves as a file. */
export interface WantedExport {
  readonly action: 'contact.export' | 'conversation.export' | 'lead.export';
  /** The id of what it is of, where it is of one thing. */
  readonly target?: string;
}

/** The door of every file that a workspace takes its data out by: only so many an hour, and each is written down. */
@Injectable()
export class AdmitExport {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  /** Counts it and writes it down before a byte of it leaves; throws RATE_LIMITED. */
  async run(actor: MemberActor, { action, target }: WantedExport, origin: RequestOrigin): Promise<void> {
    const key = this.secrets.digest('export', actor.workspaceId, actor.memberId);
    if (!(await countInSpan(this.system, key, cap)))
      throw new DomainError(ErrorCode.RATE_LIMITED, 'You have exported a lot within an hour. Try again later.', {
        reason: 'EXPORTS_MANY',
        retryAfter: cap.seconds,
      });
    await this.workspaces.run(actor.workspaceId, (tx) => {
      this.audit.record(tx, { actor, action, origin, ...(target !== undefined && { target }) });
      return Promise.resolve();
    });
  }
}
