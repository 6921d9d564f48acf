import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, sql } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';
import type { AuditHead } from './audit-heads.js';

/** Entries of one transaction: whoever writes to the log meanwhile does not wait for long. */
const batch = 5_000;

/**
 * Lets go of old audit entries. What goes leaves a signed checkpoint: where the chain goes on from, and that it was this
 * deployment which cut it there.
 */
@Injectable()
export class AuditCheckpoints {
  constructor(private readonly ring: KeyRing) {}

  /**
   * Participant. Removes the oldest entries of a workspace, as far as they are older than so many days (30 at least); gives how
   * many went, and whether there may be more. The chain is whole after each batch.
   */
  async prune(tx: WorkspaceTransaction, days: number): Promise<{ readonly gone: number; readonly more: boolean }> {
    const cut = await tx.first<{ seq: string; hash: Buffer; before: Date }>(sql`
      with oldest as (
        select e.seq, e.hash, e.at >= now() - make_interval(days => ${days}) as stays from audit_entries e
         where e.workspace_id = ${tx.workspaceId} order by e.seq limit ${batch})
      select seq::text, hash, now() - make_interval(days => ${days}) as before from oldest
       where seq < coalesce((select min(kept.seq) from oldest kept where kept.stays), ${lastSeq}::bigint)
       order by oldest.seq desc limit 1`);
    if (cut === null) return { gone: 0, more: false };
    await this.place(tx, cut);
    const row = await tx.first<{ n: number }>(sql`select prune_audit_entries(${cut.seq}::bigint, ${cut.before}) as n`);
    const gone = row?.n ?? 0;
    return { gone, more: gone === batch };
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

/** Beyond every entry. */
const lastSeq = String(2n ** 62n);

/** Before the first entry that is younger: the chain is cut in one place. */
function isOlder(days: number): Sql {
  return sql`seq < coalesce((select min(e.seq) from audit_entries e where e.at >= now() - make_interval(days => ${days})), ${lastSeq}::bigint)`;
}

function stamp(workspaceId: string, seq: string, hash: Buffer): string {
  return `${workspaceId} ${seq} ${hash.toString('hex')}`;
}
