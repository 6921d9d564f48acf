import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../database/index.js';
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

  private async write(tx: WorkspaceTransaction): Promise<void> {
    const changes = unique(this.collected.get(tx) ?? []);
    this.collected.delete(tx);
    await tx.execute(sql`
      with counter as (
        update workspace_counters set events = events + ${changes.length} where workspace_id = ${tx.workspaceId} returning events
      )
      insert into workspace_events (workspace_id, seq, kind, ids, detail, conversation_id, member_id)
      select ${tx.workspaceId}, counter.events - ${changes.length} + change.n, change.kind,
             string_to_array(change.ids, ',')::uuid[], change.detail, change.conversation_id, change.member_id
        from counter, unnest(${changes.map((change) => change.kind)}::text[], ${changes.map((change) => change.ids.join(','))}::text[],
                             ${changes.map((change) => change.detail ?? null)}::text[],
                             ${changes.map((change) => change.conversationId ?? null)}::uuid[],
                             ${changes.map((change) => change.memberId ?? null)}::uuid[])
             with ordinality as change (kind, ids, detail, conversation_id, member_id, n)`);
    tx.afterCommit(() => this.news.tell(tx.workspaceId));
  }

  /** Removes what is older than seven days; a cursor from before is then CURSOR_EXPIRED. */
  async trim(tx: WorkspaceTransaction): Promise<number> {
    const trimmed = await tx.first<{ through: string }>(sql`
      with gone as (
        delete from workspace_events where at < now() - make_interval(days => ${keepDays}) returning seq
      )
      select max(seq)::text as through from gone having max(seq) is not null`);
    if (trimmed === null) return 0;
    return tx.execute(sql`update workspace_counters set events_trimmed = ${trimmed.through}::bigint`);
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
