import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../access/index.js';
import { type WorkspaceTransaction, newId, sql } from '../database/index.js';
import { beginning, commitmentOf, linkOf } from './audit-chain.js';
import { AuditHeads } from './audit-heads.js';

/** What was done, by whom, to what. `detail` holds ids and settings, never a customer's words and never a secret. */
export interface AuditRecord {
  /** A member, or a token of theirs, by id where it is outside a request of their own, such as signing in. */
  readonly actor: MemberActor | { readonly memberId: string; readonly tokenId?: string | null } | 'system';
  /** `noun.verb`, such as `channel.connect`. */
  readonly action: string;
  /** The id of what it was done to. */
  readonly target?: string;
  readonly origin?: Pick<RequestOrigin, 'ip'>;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Append-only audit entries, chained: each hash covers the one before it and a salted commitment to the entry's content,
 * so that an erasure may blank the content and the chain still holds, while an edit or a cut shows.
 */
@Injectable()
export class AuditLog {
  private readonly collected = new WeakMap<WorkspaceTransaction, AuditRecord[]>();

  constructor(private readonly heads: AuditHeads) {}

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
    let hash = head?.hash ?? beginning;
    const links: ChainedEntry[] = [];
    for (const record of records) {
      seq += 1n;
      const link = chained(record, seq, hash);
      links.push(link);
      hash = link.hash;
    }
    await insertAll(tx, links);
    await tx.execute(sql`
      update workspace_counters set audit = ${seq.toString()}::bigint, audit_hash = ${hash} where workspace_id = ${tx.workspaceId}`);
    const written = { seq, hash };
    tx.afterCommit(() => this.heads.note(tx.workspaceId, written));
  }
}

interface ChainedEntry {
  readonly seq: bigint;
  readonly entry: Parameters<typeof commitmentOf>[0];
  readonly salt: Buffer;
  readonly commitment: Buffer;
  readonly hash: Buffer;
}

function chained(record: AuditRecord, seq: bigint, previous: Buffer): ChainedEntry {
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
  const commitment = commitmentOf(entry, salt);
  return { seq, entry, salt, commitment, hash: linkOf(previous, seq, entry.id, commitment) };
}

/** However many there are, in one statement. */
async function insertAll(tx: WorkspaceTransaction, links: readonly ChainedEntry[]): Promise<void> {
  const of = <Value>(value: (entry: ChainedEntry['entry']) => Value) => links.map(({ entry }) => value(entry));
  await tx.execute(sql`
    insert into audit_entries (workspace_id, id, seq, at, actor, action, target, ip, detail, salt, commitment, hash)
    select ${tx.workspaceId}, e.* from unnest(
      ${of(({ id }) => id)}::uuid[], ${links.map(({ seq }) => seq.toString())}::bigint[], ${of(({ at }) => at)}::timestamptz[],
      ${of(({ actor }) => actor)}::text[], ${of(({ action }) => action)}::text[], ${of(({ target }) => target)}::text[],
      ${of(({ ip }) => ip)}::text[], ${of(({ detail }) => (detail === null ? null : JSON.stringify(detail)))}::jsonb[],
      ${links.map(({ salt }) => salt)}::bytea[], ${links.map(({ commitment }) => commitment)}::bytea[],
      ${links.map(({ hash }) => hash)}::bytea[]) as e`);
}

function actorName(actor: AuditRecord['actor']): string {
  if (actor === 'system') return 'system';
  if (!('kind' in actor))
    return typeof actor.tokenId === 'string' ? `token:${actor.tokenId}` : `member:${actor.memberId}`;
  return actor.credential.kind === 'token' ? `token:${actor.credential.id}` : `member:${actor.memberId}`;
}
