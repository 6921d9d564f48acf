import { useCallback, useRef, useState } from 'react';
import { useClient } from 'urql';
import { MessagesDocument } from '../api/documents.js';
import { arrangeMessages } from '../api/inbox-order.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { useWorkspace } from '../session/workspace.js';
import { firstMessages } from './first-messages.js';

/** The answers of others behind the message that a person knew when they began to write. */
export function answersSince(
  messages: readonly MessagePartsFragment[],
  seenId: string | null,
  ownMemberId: string | null,
): MessagePartsFragment[] {
  const place = messages.findIndex(({ id }) => id === seenId);
  if (seenId === null || place === -1) return [];
  return messages.slice(place + 1).filter(({ direction, author, member, status }) => {
    const others = author === 'BOT' || (author === 'MEMBER' && member?.id !== ownMemberId);
    return direction === 'OUTBOUND' && others && status !== 'CANCELED';
  });
}

/** Keeps in mind what a person knew when they began to write, and asks once where somebody answered since. */
export function useSendGuard(conversationId: string) {
  const client = useClient();
  const { me } = useWorkspace();
  const seen = useRef<string | null>(null);
  const [answered, setAnswered] = useState<readonly MessagePartsFragment[]>([]);
  const messages = useCallback(() => {
    const read = client.readQuery(MessagesDocument, firstMessages(conversationId), { requestPolicy: 'cache-only' });
    return arrangeMessages(read?.data?.conversation?.messages.nodes ?? []);
  }, [client, conversationId]);
  return {
    /** What was answered meanwhile, while the question stands. */
    answered,
    /** The first key of a reply: what is on the screen by now is known. */
    began: () => {
      seen.current ??= messages().at(-1)?.id ?? null;
    },
    /** Whether it may go; if not, the question is asked now. */
    mayGo: (): boolean => {
      const since = answersSince(messages(), seen.current, me?.id ?? null);
      if (since.length === 0) return true;
      setAnswered(since);
      return false;
    },
    /** They know: from here on only what comes later is news. */
    know: () => {
      seen.current = messages().at(-1)?.id ?? null;
      setAnswered([]);
    },
    /** For the server, which judges what this page has not heard of yet. */
    seenMessageId: () => seen.current ?? messages().at(-1)?.id ?? null,
    /** The reply is gone: the next one begins anew. */
    done: () => {
      seen.current = null;
      setAnswered([]);
    },
  };
}
