import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../database/index.js';

/** A change as the feed holds it. */
export interface StoredChange {
  readonly seq: number;
  readonly at: Date;
  readonly kind: string;
  readonly ids: readonly string[];
  readonly detail: string | null;
  readonly conversationId: string | null;
  readonly memberId: string | null;
}

/** What every event that leaves for a client has; the class of the object is its GraphQL type. */
export interface LiveEvent {
  readonly cursor: string;
  readonly at: Date;
}

/**
 * Reads what changes name and makes the events of them, by `seq`. A change whose row is gone is left out. All changes of
 * one call are of the registered kind.
 */
export type LiveKindLoader = (
  tx: WorkspaceTransaction,
  changes: readonly StoredChange[],
) => Promise<Map<number, LiveEvent>>;

/** Which module makes the event of which kind. Modules register when they start. */
@Injectable()
export class LiveKinds {
  private readonly loaders = new Map<string, LiveKindLoader>();
  private readonly perMember = new Set<string>();

  register(kind: string, loader: LiveKindLoader): void {
    this.loaders.set(kind, loader);
  }

  /** Names a GraphQL field whose value differs from member to member: documents with it are not shared among members. */
  registerPerMemberField(name: string): void {
    this.perMember.add(name);
  }

  get perMemberFields(): ReadonlySet<string> {
    return this.perMember;
  }

  /** The events of changes, in their order; each kind is read once. */
  async load(
    tx: WorkspaceTransaction,
    changes: readonly StoredChange[],
  ): Promise<{ change: StoredChange; event: LiveEvent }[]> {
    const events = new Map<number, LiveEvent>();
    const kinds = [...Map.groupBy(changes, (change) => change.kind)];
    const loaded = await Promise.all(kinds.map(async ([kind, group]) => this.loaders.get(kind)?.(tx, group)));
    for (const ofKind of loaded) for (const [seq, event] of ofKind ?? []) events.set(seq, event);
    return changes.flatMap((change) => {
      const event = events.get(change.seq);
      return event === undefined ? [] : [{ change, event }];
    });
  }
}

/** A stored change has an even number as its cursor, the point after it the odd one: so CaughtUp has a place of its own. */
export function cursorOf(seq: number): string {
  return String(seq * 2);
}

/** The cursor of the point after a change. */
export function cursorAfter(seq: number): string {
  return String(seq * 2 + 1);
}

/** The number of the last change that a cursor covers; null for what is no cursor. */
export function seqOfCursor(cursor: string): number | null {
  if (!/^\d{1,15}$/.test(cursor)) return null;
  return Math.floor(Number(cursor) / 2);
}
