import { useCallback } from 'react';
import { useClient } from 'urql';
import { MessagesDocument } from '../api/documents.js';
import { idsWithText, type OutboxEntry } from '../outbox/outbox.js';
import { useWorkspace } from '../session/workspace.js';
import type { OpenConversation } from './thread.js';

/** What goes out with the words of a reply. */
type SentAlong = Partial<
  Pick<OutboxEntry, 'draftId' | 'replyToId' | 'quickReplies' | 'attachmentIds' | 'attachmentNames'>
>;

/** Puts a reply into the outbox under a key of its own; from there it goes out once, whatever happens to this page. */
export function useSend({ id }: OpenConversation) {
  const { outbox, me } = useWorkspace();
  const client = useClient();
  return useCallback(
    (text: string, extra: SentAlong = {}) => {
      const cached = client.readQuery(
        MessagesDocument,
        { id, first: 50, after: null },
        { requestPolicy: 'cache-only' },
      );
      const messages = cached?.data?.conversation?.messages.nodes ?? [];
      outbox.enqueue({
        key: crypto.randomUUID(),
        conversationId: id,
        text,
        ...extra,
        createdAt: new Date().toISOString(),
        knownIds: idsWithText(messages, text, me?.id ?? null),
      });
    },
    [client, id, me?.id, outbox],
  );
}
