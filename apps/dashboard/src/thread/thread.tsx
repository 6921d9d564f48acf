import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { ConversationDocument, MarkReadDocument, toApiFailure, type ConversationQuery } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import type { View } from '../inbox/views.js';
import { useWorkspace } from '../session/workspace.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { useShortcuts } from '../ui/shortcuts.js';
import { Composer } from './composer.js';
import { DraftPanel } from './draft-panel.js';
import { MessageList } from './message-list.js';
import { ThreadHeader } from './thread-header.js';
import { useViewing } from './viewing.js';

export type OpenConversation = NonNullable<ConversationQuery['conversation']>;

interface Props {
  id: string;
  view: View;
  detailsShown: boolean;
}

/** One conversation: what was said, what may be said next. */
export function Thread({ id, view, detailsShown }: Props) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [{ data, error, fetching }, reload] = useQuery({ query: ConversationDocument, variables: { id } });
  const conversation = data?.conversation;
  useShortcuts({
    Escape: () => navigate(detailsShown ? `/inbox/${view}/${id}` : `/inbox/${view}`),
    c: () => navigate(detailsShown ? `/inbox/${view}/${id}` : `/inbox/${view}/${id}/details`),
  });
  if (error && !conversation)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!conversation && fetching) return <Loading />;
  if (!conversation) {
    return (
      <EmptyState
        icon="inbox"
        title={t('thread.gone')}
        text={t('thread.goneHint')}
        action={
          <Link className="button plain medium" href={`/inbox/${view}`}>
            {t('thread.back')}
          </Link>
        }
      />
    );
  }
  return <OpenThread conversation={conversation} view={view} />;
}

function OpenThread({ conversation, view }: { conversation: OpenConversation; view: View }) {
  const { mayWrite } = useWorkspace();
  const [replyTo, setReplyTo] = useState<MessagePartsFragment | null>(null);
  const readBefore = useRef(conversation.readPointer).current;
  useMarkRead(conversation);
  useViewing(conversation.id, mayWrite);
  return (
    <>
      <ThreadHeader conversation={conversation} view={view} />
      <MessageList conversation={conversation} readBefore={readBefore} onReply={setReplyTo} />
      {mayWrite && (
        <>
          <DraftPanel conversation={conversation} />
          <Composer conversation={conversation} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} />
        </>
      )}
    </>
  );
}

/** What a person has on the screen is read; a page in the background reads nothing. */
function useMarkRead({ id, unreadCount, lastMessage, readPointer }: OpenConversation): void {
  const [, markRead] = useMutation(MarkReadDocument);
  const [visible, setVisible] = useState(!document.hidden);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    const change = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, []);
  const newest = lastMessage?.id ?? null;
  useEffect(() => {
    if (!visible || newest === null || asked.current === newest || (unreadCount === 0 && readPointer === newest))
      return;
    asked.current = newest;
    void markRead({ conversationId: id });
  }, [visible, unreadCount, newest, readPointer, id, markRead]);
}
