import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/index.js';
import { type Sql, SystemDatabase, type SystemTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';

type Outcome = 'SIGNED_IN' | 'REFUSED';

/**
 * Brings sign-ins into the audit logs. A person signs in to no workspace, so each that they belong to is told, of refused
 * passwords too: they may be somebody else's guesses. An address that is nobody's concerns no workspace and is not kept.
 * It is noted at once, in one statement whoever it is (where somebody is let in, with the session), and written into the
 * logs by this worker: how long an answer takes must not tell whether an address is known.
 */
@Injectable()
export class RecordSignInWorker implements Worker, OnModuleInit {
  readonly kind = 'record-sign-in';
  readonly concurrency = 2;
  readonly maxSeconds = 30;

  constructor(
    private readonly queues: Queues,
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  /** Notes a sign-in that was refused; `userId` null: the address is nobody's. */
  async noteRefused(userId: string | null, ip: string | null): Promise<void> {
    await this.system.query(noting(userId, 'REFUSED', ip));
  }

  /** Notes a sign-in with the transaction that opens its session. */
  async noteSignedIn(tx: SystemTransaction, userId: string, ip: string | null): Promise<void> {
    await tx.execute(noting(userId, 'SIGNED_IN', ip));
  }

  async run(job: Job): Promise<undefined> {
    await this.workspaces.run(job.workspaceId, async (tx) => {
      const row = await tx.first<{ memberId: string; outcome: Outcome; ip: string | null }>(sql`
        delete from sign_ins where workspace_id = ${job.workspaceId} and id = ${job.rowId}
        returning member_id as "memberId", outcome, ip`);
      if (row === null) return;
      const { memberId, outcome, ip } = row;
      const [actor, action] =
        outcome === 'SIGNED_IN' ? [{ memberId }, 'session.sign-in'] : ['system' as const, 'session.refuse'];
      this.audit.record(tx, { actor, action, target: memberId, origin: { ip } });
    });
    return undefined;
  }
}

function noting(userId: string | null, outcome: Outcome, ip: string | null): Sql {
  return sql`select note_sign_in(${userId}::uuid, ${outcome}, ${ip})`;
}
