import { useEffect, useRef, useState, type RefObject } from 'react';
import { useClient, type Client } from 'urql';
import {
  DraftTextDocument,
  WhatWasSentDocument,
  toApiFailure,
  type ApiFailure,
  type DiscardDraftDocument,
  type DraftChange,
  type DraftLanguage,
  type StopDraftDocument,
} from '../api/documents.js';
import type { runErrorWords } from './draft-words.js';
import type { OpenConversation } from './thread.js';
import type { useDraftReply } from './use-draft-reply.js';

type Draft = NonNullable<OpenConversation['draft']>;

/** Other words that were not kept to the draft, and why. */
type Refused = Parameters<typeof runErrorWords>[0];

/** What is asked for a draft, and what was refused of it. */
export function useDraftWork(conversationId: string, draft: Draft, reply: ReturnType<typeof useDraftReply>['reply']) {
  const client = useClient();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  /** What was asked for last: what becomes of anything before it is of no interest. */
  const latest = useRef(0);
  const begin = () => {
    setFailure(null);
    setRefused(null);
    return (latest.current += 1);
  };
  const ask = async (change: DraftChange | null, language: DraftLanguage | null) => {
    const turn = begin();
    const before = draft.run?.id ?? null;
    const came = await reply({ change, language });
    if (turn !== latest.current) return;
    if (typeof came !== 'string') return setFailure(came);
    if (change === null) return;
    await ended(client, came);
    const { data } = await client
      .query(WhatWasSentDocument, { conversationId, first: 1 }, { requestPolicy: 'network-only' })
      .toPromise();
    const run = data?.aiRuns.nodes[0];
    // Where it came to nothing, the draft before it stands here again: they are told why.
    if (turn === latest.current && run && (run.id === before || ['REFUSED', 'FAILED'].includes(run.outcome)))
      setRefused(run.id === before ? { error: null, reason: null } : run);
  };
  return {
    failure,
    refused,
    change: (change: DraftChange, language: DraftLanguage | null) => void ask(change, language),
    again: () => void ask(null, null),
    /** Stops it, or takes it away. */
    run: (document: typeof StopDraftDocument | typeof DiscardDraftDocument) => {
      begin();
      void client
        .mutation<unknown, { id: string }>(document, { id: draft.id })
        .toPromise()
        .then(({ error }) => error && setFailure(toApiFailure(error)));
    },
  };
}

/** Waits until nothing more comes of a draft. */
function ended(client: Client, id: string): Promise<void> {
  return new Promise((resolve) => {
    const words = client.subscription(DraftTextDocument, { id }).subscribe(({ data, error }) => {
      if (!error && data?.draftText.done !== true) return;
      resolve();
      setTimeout(() => words.unsubscribe());
    });
  });
}

/** A button that goes while it has the focus must not throw the person out of the panel. */
export function useKeepFocus(panel: RefObject<HTMLElement | null>, { id, status }: Draft, shown: boolean): void {
  const inside = useRef(false);
  useEffect(() => {
    const note = () => {
      inside.current = panel.current?.contains(document.activeElement) ?? false;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [panel]);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) panel.current?.focus();
    // One that went for good has let go of them.
    if (status === 'DISCARDED' && !shown) {
      const gone = setTimeout(() => (inside.current = false), 1_000);
      return () => clearTimeout(gone);
    }
    return undefined;
  }, [panel, id, status, shown]);
}
