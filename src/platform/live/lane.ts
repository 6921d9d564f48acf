import type { LiveEvent, StoredChange } from './live-kinds.js';
import type { LivePage } from './live-page.js';

/** Someone who watches a workspace's feed. */
export interface Lane<Payload = unknown> {
  /** Whose sight it has; null where it is no member's. */
  readonly member: { readonly workspaceId: string; readonly memberId: string | null };
  readonly conversationId: string | null;
  /** Lanes with the same key are shown the same: what they get is made once. */
  readonly group: string;
  /** Makes what the group is shown of an event. */
  make(event: LiveEvent, page: LivePage): Promise<Payload>;
  /** Hands it to this lane. */
  send(payload: Payload): void;
  /** Ends the lane, which cannot be given what comes next. */
  fail(error: unknown): void;
}

/** Whether a lane is shown a change. */
export function visible(lane: Lane, change: StoredChange): boolean {
  if (change.memberId !== null && change.memberId !== lane.member.memberId) return false;
  return lane.conversationId === null || change.conversationId === lane.conversationId || change.kind === 'Erased';
}
