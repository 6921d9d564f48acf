import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../proof/page/check-receipts.mjs';
import type { SigningKeys } from '../proof/signing-keys.js';
import {
  type JournalEntry,
  type JournalPosition,
  type JournalRecord,
  type TornBytes,
  journalKinds,
} from './journal-entry.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const lineShape = z.strictObject({
  seq: z.number().int().min(1),
  at: z.iso.datetime(),
  kind: z.enum(journalKinds),
  workspaceId: z.string().nullable(),
  ids: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  torn: z.strictObject({ bytes: z.number().int().min(1), digest: hash }).nullable(),
  previous: hash,
  hash,
  keyId: z.string(),
  signature: z.string(),
});
type Line = z.output<typeof lineShape>;

/** A line as it was read: an entry, bytes that are no JSON at all (a write that was cut off), or something that is wrong. */
export type ReadLine =
  | { readonly entry: JournalEntry; readonly torn: TornBytes | null }
  | { readonly entry: null; readonly fault: string | null };

/** Writes and reads lines of the journal: canonical JSON, each over the one before it, signed. */
export class JournalLines {
  constructor(private readonly keys: SigningKeys) {}

  async write(record: JournalRecord, { seq, hash: previous }: JournalPosition, torn: TornBytes | null) {
    const { kind, workspaceId, ids, at } = record;
    const keyId = await this.keys.currentId();
    const content = { seq: seq + 1, at: at.toISOString(), kind, workspaceId, ids, torn, previous, keyId };
    const own = hashOf(content);
    const line = canonicalJson({ ...content, hash: own, signature: await this.keys.sign(signed(own)) });
    return { line, position: { seq: seq + 1, hash: own } };
  }

  /** Reads a line that follows a place; null where what it follows is not known, as at the end of a long journal. */
  async read(bytes: Buffer, previous: JournalPosition | null): Promise<ReadLine> {
    const text = bytes.toString('utf8');
    const value = parsed(text);
    if (value === undefined) return { entry: null, fault: null };
    const shaped = lineShape.safeParse(value);
    if (!shaped.success || canonicalJson(value) !== text) return wrong('it is not as an entry is written');
    const { signature, hash: own, ...content } = shaped.data;
    if (hashOf(content) !== own) return wrong('it was changed');
    if (!(await this.keys.signed(content.keyId, signed(own), signature)))
      return wrong('it is not signed with a key of this deployment');
    if (previous !== null && content.seq !== previous.seq + 1)
      return wrong(`entry ${String(previous.seq + 1)} is missing before it`);
    if (previous !== null && content.previous !== previous.hash) return wrong('it does not follow the one before it');
    const { seq, at, kind, workspaceId, ids, torn } = content;
    return { entry: { seq, hash: own, kind, workspaceId, ids, at: new Date(at) }, torn };
  }
}

/** What stands between two entries and is none. */
export function tornOf(bytes: Buffer): TornBytes | null {
  return bytes.length === 0 ? null : { bytes: bytes.length, digest: createHash('sha256').update(bytes).digest('hex') };
}

function wrong(fault: string): ReadLine {
  return { entry: null, fault };
}

function hashOf(content: Omit<Line, 'hash' | 'signature' | 'ids'> & Pick<JournalRecord, 'ids'>): string {
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

// The first words keep a signature from being good for anything else.
function signed(own: string): string {
  return `parley erasure journal\n${own}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
