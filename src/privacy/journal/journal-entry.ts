/** What the journal knows of: everything about privacy that a restore must not undo. */
export const journalKinds = [
  'erasure',
  'workspace-deleted',
  'user-deleted',
  'request-received',
  'request-changed',
  'channel-disconnected',
  'deauthorised',
  'objection',
  'restriction',
  'restriction-lifted',
  'hold-placed',
  'hold-released',
] as const;
export type JournalKind = (typeof journalKinds)[number];

/** What is to be written down: ids and digests alone, never anything that a person is known by. */
export interface JournalRecord {
  readonly kind: JournalKind;
  readonly workspaceId: string | null;
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
  readonly at: Date;
}

/** A place in the journal. */
export interface JournalPosition {
  readonly seq: number;
  readonly hash: string;
}

/** One entry as it is read. */
export interface JournalEntry extends JournalRecord, JournalPosition {}

/** What stands before an entry and is none: a write that was cut off, noted by the entry behind it. */
export interface TornBytes {
  readonly bytes: number;
  readonly digest: string;
}

/** Nothing yet: what the first entry follows. */
export const beginning: JournalPosition = { seq: 0, hash: '0'.repeat(64) };

const id = /^[\w-]{1,128}$/;

/** Refuses what could name a person: ids and digests have neither spaces nor the signs of an address or a number. */
export function refuseWords({ ids, workspaceId }: JournalRecord): void {
  const all = [workspaceId ?? [], ...Object.keys(ids), ...Object.values(ids)].flat();
  if (!all.every((one) => id.test(one))) throw new Error('The erasure journal takes ids and digests alone.');
}
