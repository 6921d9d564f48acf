import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { LiveHub } from '../../platform/live/index.js';
import { StreamCursors } from './stream-cursors.js';
import { type VisitorMessage, VisitorThreads } from './visitor-thread.js';

/** What happened in a visitor's thread since a place in the feed. */
export interface FeedPage {
  readonly messages: readonly VisitorMessage[];
  readonly erased: readonly string[];
  /** True: too much has happened since; these are the last messages, and what was shown before is no longer true. */
  readonly reset: boolean;
  readonly cursor: string;
  /** Up to when messages were fetched here that had not been delivered. */
  readonly unseen: Date | null;
}

/** More changes of the workspace than this are not walked through for one visitor. */
const maxWalk = 20_000;
const maxChanges = 200;

/** The thread of a visitor for who polls: by the same places as the stream, so that one can follow the other. */
@Injectable()
export class VisitorFeed {
  constructor(
    private readonly threads: VisitorThreads,
    private readonly cursors: StreamCursors,
    private readonly hub: LiveHub,
  ) {}

  /** `after` is a place in the feed, or the id of a message; null gives the last messages. */
  async page(
    tx: WorkspaceTransaction,
    visitorId: string,
    conversationId: string | null,
    after: string | null,
  ): Promise<FeedPage> {
    // The place comes first: what happens while messages are read is told again, never left out.
    const position = await this.hub.position(tx);
    const cursor = this.cursors.seal(visitorId, position);
    if (conversationId === null) return { messages: [], erased: [], reset: false, cursor, unseen: null };
    const from = after === null || isUuid(after) ? null : this.cursors.open(visitorId, after);
    if (after === null || isUuid(after) || from === null || !(await this.isNear(tx, from, position))) {
      const reset = after !== null && !isUuid(after);
      const { views, unseen } = await this.threads.messages(tx, conversationId, isUuid(after) ? after : null);
      return { messages: views, erased: [], reset, cursor, unseen };
    }
    return this.since(tx, visitorId, conversationId, from, position);
  }

  private async since(
    tx: WorkspaceTransaction,
    visitorId: string,
    conversationId: string,
    from: number,
    position: number,
  ): Promise<FeedPage> {
    const changes = await tx.query<{ seq: string; kind: string; ids: string[]; detail: string | null }>(sql`
      select seq::text, kind, ids, detail from workspace_events
       where workspace_id = ${tx.workspaceId} and seq > ${from} and seq <= ${position} and conversation_id = ${conversationId}
         and kind in ('MessageAdded', 'MessageChanged', 'Erased') order by workspace_events.seq limit ${maxChanges}`);
    const reached = changes.length < maxChanges ? position : Number(changes.at(-1)?.seq ?? position);
    const erased = changes.filter(({ kind, detail }) => kind === 'Erased' && detail === 'Message');
    const changed = changes.filter(({ kind }) => kind !== 'Erased').flatMap(({ ids }) => ids.slice(0, 1));
    const { views, unseen } = await this.threads.named(tx, conversationId, [...new Set(changed)]);
    const cursor = this.cursors.seal(visitorId, reached);
    return { messages: views, erased: erased.flatMap(({ ids }) => ids), reset: false, cursor, unseen };
  }

  private async isNear(tx: WorkspaceTransaction, from: number, position: number): Promise<boolean> {
    if (position - from > maxWalk || from > position) return false;
    const row = await tx.first<{ trimmed: string }>(sql`
      select events_trimmed::text as trimmed from workspace_counters where workspace_id = ${tx.workspaceId}`);
    return from >= Number(row?.trimmed ?? 0);
  }
}
