import { useCallback } from 'react';
import { useClient } from 'urql';
import { MessagesDocument } from '../api/documents.js';
import { idsWithText, type OutboxEntry } from '../outbox/outbox.js';
import { useWorkspace } from '../session/workspace.js';
import { sendDelay } from '../outbox/send-delay.js';
import { firstMessages } from './first-messages.js';
import type { OpenConversation } from './thread.js';

/** What goes out with the words of a reply. */
type SentAlong = Partial<
  Pick<OutboxEntry, 'draftId' | 'replyToId' | 'quickReplies' | 'attachmentIds' | 'attachmentNames' | 'seenMessageId'>
>;

/** Puts a reply into the outbox under a key of its own; from there it goes out once, whatever happens to this page. */
export function useSend({ id }: OpenConversation) {
  const { outbox, me } = useWorkspace();
  const client = useClient();
  return useCallback(
    (text: string, extra: SentAlong = {}) => {
      const cached = client.readQuery(MessagesDocument, firstMessages(id), { requestPolicy: 'cache-only' });
      const messages = cached?.data?.conversation?.messages.nodes ?? [];
      const delay = sendDelay.get();
      outbox.enqueue({
        key: crypto.randomUUID(),
        conversationId: id,
        text,
        ...extra,
        createdAt: new Date().toISOString(),
        ...(delay > 0 ? { sendAt: Date.now() + delay * 1000 } : {}),
        knownIds: idsWithText(messages, text, me?.id ?? null),
      });
    },
    [client, id, me?.id, outbox],
  );
}
