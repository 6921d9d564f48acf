import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation, useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import {
  ConversationDocument,
  MarkReadDocument,
  MessagesDocument,
  toApiFailure,
  type ConversationQuery,
} from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { withWords } from '../i18n/index.js';
import { usePlace } from '../inbox/place.js';
import { useWorkspace } from '../session/workspace.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { isAiOff } from './ai-off.js';
import { Composer } from './composer.js';
import { DraftPlace } from './draft-place.js';
import { firstMessages } from './first-messages.js';
import { MessageList } from './message-list.js';
import { ThreadHeader } from './thread-header.js';
import { useViewing } from './viewing.js';
import { part } from '../ui/part.js';

const ThreadNotes = part(() => withWords(import('../contacts/thread-notes.js'), 'customer'));

export type OpenConversation = NonNullable<ConversationQuery['conversation']>;

interface Props {
  id: string;
  detailsShown: boolean;
}

/** One conversation: what was said, what may be said next. */
export function Thread({ id, detailsShown }: Props) {
  const { t } = useTranslation();
  const { to } = usePlace();
  const [, navigate] = useLocation();
  const [{ data, error, fetching }, reload] = useQuery({ query: ConversationDocument, variables: { id } });
  const conversation = data?.conversation;
  const client = useClient();
  useEffect(() => {
    // What was said is asked for beside who it is, not behind it.
    void client.query(MessagesDocument, firstMessages(id)).toPromise();
  }, [client, id]);
  useActions({
    back: () => navigate(detailsShown ? to(id) : to()),
    details: () => navigate(detailsShown ? to(id) : to(id, 'details')),
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
          <Link className="button plain medium" href={to()}>
            {t('thread.back')}
          </Link>
        }
      />
    );
  }
  return <OpenThread conversation={conversation} />;
}

function OpenThread({ conversation }: { conversation: OpenConversation }) {
  const { mayWrite } = useWorkspace();
  const [replyTo, setReplyTo] = useState<MessagePartsFragment | null>(null);
  const client = useClient();
  const quote = (messageId: string) => {
    const read = client.readQuery(MessagesDocument, firstMessages(conversation.id), { requestPolicy: 'cache-only' });
    setReplyTo(read?.data?.conversation?.messages.nodes.find(({ id }) => id === messageId) ?? null);
  };
  const readBefore = useRef(conversation.readPointer).current;
  useMarkRead(conversation);
  useViewing(conversation.id, mayWrite);
  return (
    <>
      <ThreadHeader conversation={conversation} />
      <MessageList conversation={conversation} readBefore={readBefore} onReply={setReplyTo} />
      <Suspense fallback={null}>
        <ThreadNotes conversation={conversation} />
      </Suspense>
      {mayWrite && (
        <>
          {!isAiOff(conversation.contact) && <DraftPlace key={conversation.id} conversation={conversation} />}
          <Composer
            conversation={conversation}
            replyTo={replyTo}
            onReplyDone={() => setReplyTo(null)}
            onQuote={quote}
          />
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
