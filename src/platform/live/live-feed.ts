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
const trimEvery = 500;

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
    const written = await tx.first<{ events: string }>(sql`
      with counter as (
        update workspace_counters set events = events + ${changes.length} where workspace_id = ${tx.workspaceId} returning events
      ), written as (
      insert into workspace_events (workspace_id, seq, kind, ids, detail, conversation_id, member_id)
      select ${tx.workspaceId}, counter.events - ${changes.length} + change.n, change.kind,
             string_to_array(change.ids, ',')::uuid[], change.detail, change.conversation_id, change.member_id
        from counter, unnest(${changes.map((change) => change.kind)}::text[], ${changes.map((change) => change.ids.join(','))}::text[],
                             ${changes.map((change) => change.detail ?? null)}::text[],
                             ${changes.map((change) => change.conversationId ?? null)}::uuid[],
                             ${changes.map((change) => change.memberId ?? null)}::uuid[])
             with ordinality as change (kind, ids, detail, conversation_id, member_id, n)
      )
      select events::text from counter`);
    // Now and then whoever writes also lets go of what is old: no clock has to walk through every workspace.
    const events = Number(written?.events ?? 0);
    if (Math.floor(events / trimEvery) > Math.floor((events - changes.length) / trimEvery)) await this.trim(tx);
    tx.afterCommit(() => this.news.tell(tx.workspaceId));
  }

  /** Removes some of what is older than seven days; a cursor from before is then CURSOR_EXPIRED. */
  private async trim(tx: WorkspaceTransaction): Promise<void> {
    await tx.execute(sql`
      with oldest as (
        select seq from workspace_events where workspace_id = ${tx.workspaceId} order by seq limit ${4 * trimEvery}
      ), gone as (
        delete from workspace_events e using oldest
         where e.workspace_id = ${tx.workspaceId} and e.seq = oldest.seq and e.at < now() - make_interval(days => ${keepDays})
        returning e.seq
      )
      update workspace_counters set events_trimmed = (select max(seq) from gone)
       where workspace_id = ${tx.workspaceId} and exists (select from gone)`);
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
