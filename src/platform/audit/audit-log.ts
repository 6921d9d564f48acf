import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../access/index.js';
import { type WorkspaceTransaction, newId, sql } from '../database/index.js';

/** What was done, by whom, to what. `detail` holds ids and settings, never a customer's words and never a secret. */
export interface AuditRecord {
  readonly actor: MemberActor | 'system';
  /** `noun.verb`, such as `channel.connect`. */
  readonly action: string;
  /** The id of what it was done to. */
  readonly target?: string;
  readonly origin?: RequestOrigin;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Append-only audit entries, chained: each hash covers the one before it and a salted commitment to the entry's content,
 * so that an erasure may blank the content and the chain still holds, while an edit or a cut shows.
 */
@Injectable()
export class AuditLog {
  private readonly collected = new WeakMap<WorkspaceTransaction, AuditRecord[]>();

  /** Writes the record down with this transaction. */
  record(tx: WorkspaceTransaction, record: AuditRecord): void {
    const waiting = this.collected.get(tx);
    if (waiting !== undefined) {
      waiting.push(record);
      return;
    }
    this.collected.set(tx, [record]);
    tx.beforeCommit(() => this.write(tx));
  }

  private async write(tx: WorkspaceTransaction): Promise<void> {
    const records = this.collected.get(tx) ?? [];
    this.collected.delete(tx);
    const head = await tx.first<{ audit: string; hash: Buffer | null }>(sql`
      select audit::text, audit_hash as hash from workspace_counters where workspace_id = ${tx.workspaceId} for update`);
    let seq = BigInt(head?.audit ?? '0');
    let hash = head?.hash ?? Buffer.alloc(32);
    for (const record of records) {
      seq += 1n;
      hash = await this.writeOne(tx, record, seq, hash);
    }
    await tx.execute(sql`
      update workspace_counters set audit = ${seq.toString()}::bigint, audit_hash = ${hash} where workspace_id = ${tx.workspaceId}`);
  }

  private async writeOne(
    tx: WorkspaceTransaction,
    record: AuditRecord,
    seq: bigint,
    previous: Buffer,
  ): Promise<Buffer> {
    const entry = {
      id: newId(),
      at: new Date(),
      actor: actorName(record.actor),
      action: record.action,
      target: record.target ?? null,
      ip: record.origin?.ip ?? null,
      detail: record.detail ?? null,
    };
    const salt = randomBytes(16);
    const commitment = createHash('sha256').update(salt).update(canonicalJson(entry)).digest();
    const hash = createHash('sha256')
      .update(previous)
      .update(`${seq.toString()}:${entry.id}:`)
      .update(commitment)
      .digest();
    await tx.execute(sql`
      insert into audit_entries (workspace_id, id, seq, at, actor, action, target, ip, detail, salt, commitment, hash)
      values (${tx.workspaceId}, ${entry.id}, ${seq.toString()}::bigint, ${entry.at}, ${entry.actor}, ${entry.action},
              ${entry.target}, ${entry.ip}, ${entry.detail === null ? null : JSON.stringify(entry.detail)}::jsonb,
              ${salt}, ${commitment}, ${hash})`);
    return hash;
  }
}

function actorName(actor: MemberActor | 'system'): string {
  if (actor === 'system') return 'system';
  return actor.credential.kind === 'token' ? `token:${actor.credential.id}` : `member:${actor.memberId}`;
}

/** JSON with sorted keys: jsonb gives keys back in an order of its own, and the commitment must still be checkable. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && !(item instanceof Date)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
