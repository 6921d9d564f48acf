import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, Workspaces, sql } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';
import type { AuditHead } from './audit-heads.js';

/**
 * Lets go of old audit entries. What goes leaves a signed checkpoint: where the chain goes on from, and that it was this
 * deployment which cut it there.
 */
@Injectable()
export class AuditCheckpoints {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly ring: KeyRing,
  ) {}

  /** Removes the entries of a workspace that are older than so many days (30 at least); gives how many went. */
  async prune(workspaceId: string, days: number): Promise<number> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const cut = await tx.first<{ seq: string; hash: Buffer; before: Date }>(sql`
        select seq::text, hash, now() - make_interval(days => ${days}) as before from audit_entries
         where ${isOlder(days)} order by audit_entries.seq desc limit 1`);
      if (cut === null) return 0;
      await this.place(tx, cut);
      const gone = await tx.first<{ n: number }>(
        sql`select prune_audit_entries(${cut.seq}::bigint, ${cut.before}) as n`,
      );
      return gone?.n ?? 0;
    });
  }

  /** Participant. How many entries of a workspace are older than so many days. */
  async count(tx: WorkspaceTransaction, days: number): Promise<number> {
    const row = await tx.first<{ count: number }>(
      sql`select count(*)::int as count from audit_entries where workspace_id = ${tx.workspaceId} and ${isOlder(days)}`,
    );
    return row?.count ?? 0;
  }

  /** Where the chain that is there begins: null at its first entry, 'forged' where the checkpoint is not ours. */
  async latest(tx: WorkspaceTransaction): Promise<AuditHead | null | 'forged'> {
    const row = await tx.first<{ seq: string; hash: Buffer; signature: Buffer }>(sql`
      select seq::text, hash, signature from audit_checkpoints where workspace_id = ${tx.workspaceId}
       order by audit_checkpoints.seq desc limit 1`);
    if (row === null) return null;
    const isOurs = this.ring.deriveAll('audit-checkpoint').some((key) => {
      const own = createHmac('sha256', key)
        .update(stamp(tx.workspaceId, row.seq, row.hash))
        .digest();
      return own.length === row.signature.length && timingSafeEqual(own, row.signature);
    });
    return isOurs ? { seq: BigInt(row.seq), hash: row.hash } : 'forged';
  }

  /** Participant. Signs that the chain goes on from here: where it was cut, or where one that came from elsewhere begins. */
  async place(tx: WorkspaceTransaction, { seq, hash }: { readonly seq: string; readonly hash: Buffer }): Promise<void> {
    await tx.execute(sql`
      insert into audit_checkpoints (workspace_id, seq, hash, signature)
      values (${tx.workspaceId}, ${seq}::bigint, ${hash}, ${this.sign(tx.workspaceId, seq, hash)})
      on conflict do nothing`);
  }

  private sign(workspaceId: string, seq: string, hash: Buffer): Buffer {
    return createHmac('sha256', this.ring.derive('audit-checkpoint'))
      .update(stamp(workspaceId, seq, hash))
      .digest();
  }
}

/** Before the first entry that is younger: the chain is cut in one place. */
function isOlder(days: number): Sql {
  return sql`seq < coalesce((select min(e.seq) from audit_entries e where e.at >= now() - make_interval(days => ${days})), ${String(2n ** 62n)}::bigint)`;
}

function stamp(workspaceId: string, seq: string, hash: Buffer): string {
  return `${workspaceId} ${seq} ${hash.toString('hex')}`;
}
