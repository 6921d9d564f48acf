import { useEffect, useSyncExternalStore } from 'react';
import { useClient, type Client } from 'urql';
import { CannedResponsesDocument, type CannedResponsesQuery } from '../api/documents.js';

type CannedReply = CannedResponsesQuery['cannedResponses'][number];

/**
 * The saved replies of a workspace, read once and then kept true by the cache: there may be thousands, and who goes from one
 * conversation to the next does not have them gathered and folded anew.
 */
class CannedReplies {
  private replies: readonly CannedReply[] | null = null;
  private release: (() => void) | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly client: Client) {}

  /** Null until they have come. */
  current = (): readonly CannedReply[] | null => this.replies;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read = (): void => {
    if (this.release) return;
    let refused = false;
    const reading = this.client.query(CannedResponsesDocument, {}).subscribe(({ data, error }) => {
      if (data) {
        this.replies = data.cannedResponses;
        for (const listener of this.listeners) listener();
      }
      // What found no line is asked for again by itself; what was refused, when it is next needed.
      refused = error !== undefined && error.networkError === undefined && !data;
      if (refused) this.stop();
    });
    this.release = () => reading.unsubscribe();
    if (refused) this.stop();
  };

  private stop(): void {
    this.release?.();
    this.release = null;
  }
}

// By client: what was read for one workspace is nothing to the next.
const known = new WeakMap<Client, CannedReplies>();

/** The saved replies, asked for once they are wanted, or by `read` before; null until they are there. */
export function useCannedReplies(wanted: boolean) {
  const client = useClient();
  const canned = known.get(client) ?? new CannedReplies(client);
  known.set(client, canned);
  useEffect(() => {
    if (wanted) canned.read();
  }, [wanted, canned]);
  return { replies: useSyncExternalStore(canned.subscribe, canned.current), read: canned.read };
}
