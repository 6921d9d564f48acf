import { createHash } from 'node:crypto';

/** What an audit entry says. */
export interface AuditContent {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly ip: string | null;
  readonly detail: unknown;
}

/** What the first entry of a chain follows. */
export const beginning: Buffer = Buffer.alloc(32);

/** A salted commitment to what an entry says: without the salt, nobody can tell from it what that was. */
export function commitmentOf({ id, at, actor, action, target, ip, detail }: AuditContent, salt: Buffer): Buffer {
  const content = { id, at, actor, action, target, ip, detail };
  return createHash('sha256').update(salt).update(canonicalJson(content)).digest();
}

/** The hash of an entry: over its place, its commitment, and all entries before it. */
export function linkOf(previous: Buffer, seq: bigint, id: string, commitment: Buffer): Buffer {
  return createHash('sha256').update(previous).update(`${seq.toString()}:${id}:`).update(commitment).digest();
}

/** JSON with sorted keys: jsonb gives keys back in an order of its own, and the commitment must still be checkable. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) && !(item instanceof Date)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
