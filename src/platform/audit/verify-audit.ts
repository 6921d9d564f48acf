import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql, workspaceIds } from '../database/index.js';
import { type AuditContent, beginning, commitmentOf, linkOf } from './audit-chain.js';
import { AuditCheckpoints } from './audit-checkpoints.js';
import { type AuditHead, AuditHeads } from './audit-heads.js';

/** The first thing that is wrong with a chain. */
export interface BrokenLink {
  readonly seq: string;
  readonly reason: string;
}

/** What was found of one workspace's audit log. */
export interface AuditVerdict {
  readonly workspaceId: string;
  /** How many entries were checked. */
  readonly entries: number;
  /** The last number of the chain. */
  readonly last: string;
  /** Whether a head kept outside the database could be compared. */
  readonly comparedOutside: boolean;
  readonly broken: BrokenLink | null;
}

/** An entry as it stands in the chain. */
export interface ChainedEntry extends AuditContent {
  readonly seq: string;
  readonly salt: Buffer;
  /** Set where an erasure blanked whom it is about: without its salt the commitment stands and cannot be opened. */
  readonly erasureId: string | null;
  readonly commitment: Buffer;
  readonly hash: Buffer;
}

const page = 2_000;

/** Walks the audit chain of a workspace and names the first broken link. */
@Injectable()
export class VerifyAudit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly checkpoints: AuditCheckpoints,
    private readonly heads: AuditHeads,
  ) {}

  /** The ids of all workspaces. */
  workspaceIds(): AsyncGenerator<string> {
    return workspaceIds(this.system);
  }

  /** Null where there is no such workspace. */
  async verify(workspaceId: string): Promise<AuditVerdict | null> {
    // Before the log is read: what is added meanwhile then lies beyond the head.
    const outside = await this.heads.read(workspaceId);
    return this.workspaces.read(workspaceId, async (tx) => {
      const written = await tx.first<{ audit: string; hash: Buffer | null }>(sql`
        select audit::text, audit_hash as hash from workspace_counters where workspace_id = ${workspaceId}`);
      if (written === null) return null;
      const inside = { seq: BigInt(written.audit), hash: written.hash ?? beginning };
      for (;;) {
        const start = await this.checkpoints.latest(tx);
        const verdict = await this.walk(tx, inside, outside, start);
        // Where older entries went meanwhile, it is walked once more, from where it begins now.
        if (verdict.broken === null || !(await this.isCutSince(tx, start))) return verdict;
      }
    });
  }

  private async isCutSince(tx: WorkspaceTransaction, start: AuditHead | null | 'forged'): Promise<boolean> {
    const now = await this.checkpoints.latest(tx);
    if (now === null || now === 'forged' || start === 'forged') return false;
    return now.seq > (start?.seq ?? 0n);
  }

  private async walk(
    tx: WorkspaceTransaction,
    inside: AuditHead,
    outside: AuditHead | null | 'forged',
    start: AuditHead | null | 'forged',
  ): Promise<AuditVerdict> {
    let entries = 0;
    const { workspaceId } = tx;
    const verdict = (last: bigint, broken: BrokenLink | null): AuditVerdict => {
      const comparedOutside = outside !== null && outside !== 'forged';
      return { workspaceId, entries, last: last.toString(), comparedOutside, broken };
    };
    const at = (seq: bigint, reason: string): BrokenLink => ({ seq: seq.toString(), reason });
    if (start === 'forged') return verdict(0n, at(0n, 'the checkpoint is not one that this deployment signed'));
    if (outside === 'forged')
      return verdict(0n, at(0n, 'the head kept outside the database is not one that this deployment signed'));
    let link: AuditHead = start ?? { seq: 0n, hash: beginning };
    const disagrees = () => outside?.seq === link.seq && !outside.hash.equals(link.hash);
    const otherHistory = 'it is not the entry that was written then: the log was written anew';
    if (disagrees()) return verdict(link.seq, at(link.seq, otherHistory));
    if (start !== null && (await hasEntryUpTo(tx, start.seq)))
      return verdict(link.seq, at(start.seq, 'there is an entry before the checkpoint'));
    for (;;) {
      const found = await readEntries(tx, link.seq);
      for (const entry of found) {
        const broken = brokenBetween(link, entry);
        if (broken !== null) return verdict(link.seq, broken);
        link = { seq: BigInt(entry.seq), hash: entry.hash };
        entries += 1;
        if (disagrees()) return verdict(link.seq, at(link.seq, otherHistory));
        if (link.seq === inside.seq && !inside.hash.equals(link.hash))
          return verdict(link.seq, at(link.seq, 'it is not the last entry that was written'));
      }
      if (found.length < page) break;
    }
    const last = outside !== null && outside.seq > inside.seq ? outside.seq : inside.seq;
    if (link.seq < last)
      return verdict(link.seq, at(link.seq + 1n, `it is missing: the log is cut off, ${last.toString()} were written`));
    if (link.seq > inside.seq && (await countNow(tx)) < link.seq)
      return verdict(link.seq, at(inside.seq + 1n, 'it was not written by the server, which counted fewer'));
    return verdict(link.seq, null);
  }
}

/** What is wrong with an entry that is to follow this place of the chain; null where it does. */
export function brokenBetween(link: AuditHead, entry: ChainedEntry): BrokenLink | null {
  const seq = BigInt(entry.seq);
  if (seq !== link.seq + 1n) return { seq: (link.seq + 1n).toString(), reason: 'it is missing' };
  if (!isBlanked(entry) && !commitmentOf(entry, entry.salt).equals(entry.commitment))
    return { seq: entry.seq, reason: 'it was changed' };
  if (!linkOf(link.hash, seq, entry.id, entry.commitment).equals(entry.hash))
    return { seq: entry.seq, reason: 'it does not follow the one before it' };
  return null;
}

/** What an erasure leaves of an entry: who did what and when. Anything else in its place was put there. */
function isBlanked({ erasureId, salt, target, detail }: ChainedEntry): boolean {
  return erasureId !== null && salt.length === 0 && target === null && detail === null;
}

function readEntries(tx: WorkspaceTransaction, after: bigint): Promise<ChainedEntry[]> {
  return tx.query<ChainedEntry>(sql`
    select seq::text, id, at, actor, action, target, ip, detail, salt, erasure_id as "erasureId", commitment, hash from audit_entries
     where workspace_id = ${tx.workspaceId} and seq > ${after.toString()}::bigint order by audit_entries.seq limit ${page}`);
}

async function hasEntryUpTo(tx: WorkspaceTransaction, seq: bigint): Promise<boolean> {
  const row = await tx.first(sql`
    select from audit_entries where workspace_id = ${tx.workspaceId} and seq <= ${seq.toString()}::bigint limit 1`);
  return row !== null;
}

/** Entries that came while the log was walked are counted by now. */
async function countNow(tx: WorkspaceTransaction): Promise<bigint> {
  const row = await tx.first<{ audit: string }>(
    sql`select audit::text from workspace_counters where workspace_id = ${tx.workspaceId}`,
  );
  return BigInt(row?.audit ?? '0');
}
