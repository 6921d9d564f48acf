import { Injectable } from '@nestjs/common';
import { type Call, type WorkspaceTransaction, sql } from '../database/index.js';
import { LiveNews } from './live-news.js';

/** One change that open screens are told of. Ids only: what they name is read when it is delivered. */
export interface LiveChange {
  /** The name of the GraphQL event type: `MessageAdded`. */
  readonly kind: string;
  /** What it is about; the registered loader of the kind knows how to read them. */
  readonly ids: readonly string[];
  /** A short word for kinds that need one (`WorkspaceChanged.what`, `Erased.type`); never content. */
  readonly detail?: string;
  /** The conversation it belongs to, for screens that watch one conversation. */
  readonly conversationId?: string;
  /** Set where only this member may see it. */
  readonly memberId?: string;
}

/** Older events are let go of; a cursor from before is then CURSOR_EXPIRED. */
const keepDays = 7;

/**
 * The ordered feed of a workspace. Changes are collected during the transaction and numbered by the workspace's counter
 * as the last thing before commit, with one increment for all: numbers follow the order of commits without gaps.
 */
@Injectable()
export class LiveFeed {
  private readonly collected = new WeakMap<WorkspaceTransaction, LiveChange[]>();

  constructor(private readonly news: LiveNews) {}

  /** Adds changes to the feed with this transaction. The same change twice is told once. */
  append(tx: WorkspaceTransaction, ...changes: readonly LiveChange[]): void {
    const waiting = this.collected.get(tx);
    if (waiting !== undefined) waiting.push(...changes);
    else {
      this.collected.set(tx, [...changes]);
      tx.beforeCommit(async () => {
        // The counter's row is locked from here to the commit, so this has to come after every other hook.
        tx.beforeCommit(() => this.write(tx));
        return Promise.resolve();
      });
    }
  }

  /** The same changes as a call, for a transaction that is nothing but calls. It has to be the last of them. */
  callFor(workspaceId: string, changes: readonly LiveChange[]): Call {
    const rows = unique(changes).map((change) => ({ ...change, ids: change.ids.join(',') }));
    return {
      invoke: sql`append_events(${JSON.stringify(rows)}::jsonb, ${keepDays})`,
      afterCommit: (seq) => this.news.tell(workspaceId, Number(seq)),
    };
  }

  private async write(tx: WorkspaceTransaction): Promise<void> {
    const changes = this.collected.get(tx) ?? [];
    this.collected.delete(tx);
    await tx.call(this.callFor(tx.workspaceId, changes));
  }
}

function unique(changes: readonly LiveChange[]): LiveChange[] {
  const seen = new Map<string, LiveChange>();
  for (const change of changes) {
    const key = [change.kind, change.ids.join(','), change.detail, change.conversationId, change.memberId].join('|');
    if (!seen.has(key)) seen.set(key, change);
  }
  return [...seen.values()];
}
