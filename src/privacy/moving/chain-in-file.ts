import { type AuditHead, type ChainedEntry, beginning, brokenBetween } from '../../platform/audit/index.js';

type Row = Readonly<Record<string, unknown>>;

/** The audit log of a file, followed entry by entry. */
export class ChainInFile {
  head: AuditHead;

  constructor(follows: { readonly seq: string; readonly hash: string } | null) {
    this.head =
      follows === null
        ? { seq: 0n, hash: beginning }
        : { seq: BigInt(follows.seq), hash: Buffer.from(follows.hash, 'hex') };
  }

  /** Goes one entry on; says which is wrong and how, or null. */
  follow(row: Row): string | null {
    const entry = entryIn(row);
    if (entry === null) return `entry ${String(row['seq']).slice(0, 20)}: it cannot be read`;
    const broken = brokenBetween(this.head, entry);
    if (broken !== null) return `entry ${broken.seq}: ${broken.reason}`;
    this.head = { seq: BigInt(entry.seq), hash: entry.hash };
    return null;
  }
}

function entryIn(row: Row): ChainedEntry | null {
  const { id, seq, at, actor, action, target, ip, detail } = row;
  const [salt, commitment, hash] = [row['salt'], row['commitment'], row['hash']].map(bytesIn);
  if (typeof id !== 'string' || !Number.isSafeInteger(seq) || typeof at !== 'string' || Number.isNaN(Date.parse(at)))
    return null;
  if (typeof actor !== 'string' || typeof action !== 'string' || !salt || !commitment || !hash) return null;
  const erasureId = textIn(row['erasure_id']);
  const content = { id, at: new Date(at), actor, action, target: textIn(target), ip: textIn(ip), detail };
  return { ...content, seq: String(seq), salt, commitment, hash, erasureId };
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function bytesIn(value: unknown): Buffer | null {
  return typeof value === 'string' && /^\\x([0-9a-f]{2})*$/.test(value) ? Buffer.from(value.slice(2), 'hex') : null;
}
