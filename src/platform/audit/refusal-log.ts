import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../access/index.js';
import { Workspaces, newId, sql } from '../database/index.js';
import { type DomainError, ErrorCode } from '../errors/index.js';
import { Outbox } from '../outbox/index.js';
import { type Job, Queues, type Worker } from '../queue/index.js';
import { AuditLog } from './audit-log.js';

/** Seconds for which the same refusal is counted behind its first entry. */
const countedFor = 3_600;
/** Refusals of a right. The other codes say that something is missing, not that somebody may not do it. */
const refusing: ReadonlySet<ErrorCode> = new Set([
  ErrorCode.FORBIDDEN,
  ErrorCode.CONFIRMATION_MISMATCH,
  ErrorCode.LEGAL_HOLD,
]);

interface Counted {
  readonly memberId: string;
  readonly tokenId: string | null;
  readonly operation: string;
  readonly reason: string;
  readonly times: number;
}

/**
 * Brings what members are refused into the audit log: who, which operation, why, and nothing of what they sent. The first
 * refusal of its kind is an entry at once. Further ones within the hour are one more entry with their number, at its end:
 * whoever is refused again and again adds two entries an hour for an operation, however fast they are.
 */
@Injectable()
export class RefusalLog implements Worker, OnModuleInit {
  readonly kind = 'sum-up-refusals';
  readonly concurrency = 1;
  readonly maxSeconds = 30;
  private readonly logger = new Logger(RefusalLog.name);

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  /** Notes an error that ended an operation, if it is the refusal of a right. It never throws: the refusal stands. */
  async note(actor: MemberActor, operation: string, error: DomainError, origin: RequestOrigin): Promise<void> {
    if (error.rule === undefined && !refusing.has(error.code)) return;
    const reason = error.rule ?? error.code;
    try {
      await this.write(actor, operation, reason, origin);
    } catch (failure) {
      this.logger.error({ err: failure, operation, reason }, 'A refusal could not be written into the audit log.');
    }
  }

  async run({ workspaceId, rowId }: Job): Promise<undefined> {
    await this.workspaces.run(workspaceId, async (tx) => {
      const row = await tx.first<Counted>(sql`
        delete from refusals where workspace_id = ${workspaceId} and id = ${rowId}
        returning member_id as "memberId", token_id as "tokenId", operation, reason, times`);
      if (row === null || row.times === 1) return;
      const { memberId, tokenId, operation, reason, times } = row;
      const detail = { operation, reason, again: times - 1 };
      this.audit.record(tx, { actor: { memberId, tokenId }, action: 'operation.refuse', detail });
    });
    return undefined;
  }

  private async write(actor: MemberActor, operation: string, reason: string, origin: RequestOrigin): Promise<void> {
    const tokenId = actor.credential.kind === 'token' ? actor.credential.id : null;
    await this.workspaces.run(actor.workspaceId, async (tx) => {
      const counted = await tx.first<{ id: string; times: number }>(sql`
        insert into refusals as known (workspace_id, id, member_id, token_id, operation, reason)
        values (${tx.workspaceId}, ${newId()}, ${actor.memberId}, ${tokenId}, ${operation}, ${reason})
        on conflict (workspace_id, member_id, token_id, operation, reason) do update set times = known.times + 1
        returning id, times`);
      if (counted?.times !== 1) return;
      this.audit.record(tx, { actor, action: 'operation.refuse', origin, detail: { operation, reason } });
      this.outbox.scheduleAfter(tx, this.kind, counted.id, countedFor);
    });
  }
}
