import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { VList, type VListHandle } from 'virtua';
import { MessagesDocument, toApiFailure } from '../api/documents.js';
import { arrangeMessages } from '../api/inbox-order.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { stillUnseen } from '../outbox/outbox.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { FailureNote, Loading } from '../ui/states.js';
import { dayName } from '../ui/time.js';
import { useOutbox } from '../outbox/use-outbox.js';
import { firstMessages } from './first-messages.js';
import { MessageBubble } from './message-bubble.js';
import { PendingBubble } from './pending-bubble.js';
import type { OpenConversation } from './thread.js';
import { usePresence } from './viewing.js';
import { contactName } from '../inbox/words.js';

interface Props {
  conversation: OpenConversation;
  readBefore: string | null;
  onReply: (message: MessagePartsFragment) => void;
}

/** The messages, oldest first. It stays at the end while a person is there, and stays put while they read further up. */
export function MessageList({ conversation, readBefore, onReply }: Props) {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const list = useRef<VListHandle>(null);
  const atEnd = useRef(true);
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: MessagesDocument,
    variables: { ...firstMessages(conversation.id), after },
  });
  const connection = data?.conversation?.messages;
  const messages = useMemo(() => arrangeMessages(connection?.nodes ?? []), [connection]);
  const entries = useOutbox(conversation.id);
  const pending = useMemo(() => stillUnseen(entries, messages, me?.id ?? null), [entries, messages, me?.id]);
  const { contactTyping } = usePresence(conversation.id);

  // While older messages are put in front, the view keeps its place from the end.
  const oldest = messages[0]?.id;
  const previousOldest = useRef(oldest);
  const shift = previousOldest.current !== oldest && !atEnd.current;
  useLayoutEffect(() => {
    previousOldest.current = oldest;
  }, [oldest]);

  const count = messages.length + pending.length + (contactTyping ? 1 : 0) + 1;
  const newest = messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (atEnd.current) list.current?.scrollToIndex(count - 1, { align: 'end' });
  }, [count, newest]);
  useEffect(() => {
    // A person who sends wants to see it, wherever they were.
    if (pending.length) list.current?.scrollToIndex(count - 1, { align: 'end' });
  }, [pending.length]);

  if (error && !data)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading />;
  const older = connection?.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
  const firstUnread = unreadFrom(messages, readBefore);
  return (
    <VList
      ref={list}
      className="messages"
      role="list"
      tabIndex={0}
      aria-label={t('thread.messages')}
      shift={shift}
      // What was just sent is there in the very next picture, wherever the list has come to.
      keepMounted={pending.map((_, index) => 1 + messages.length + index)}
      onScroll={(offset) => {
        const { scrollSize = 0, viewportSize = 0 } = list.current ?? {};
        atEnd.current = offset + viewportSize > scrollSize - 60;
        if (offset < 300 && older && older !== after && !fetching && scrollSize > viewportSize) setAfter(older);
      }}
      onResize={() => atEnd.current && list.current?.scrollToIndex(count - 1, { align: 'end' })}
    >
      <div className="thread-start" key="start" role="listitem">
        {older ? (
          <Button size="small" busy={fetching} onClick={() => setAfter(older)}>
            {t('thread.older')}
          </Button>
        ) : (
          <span className="hint">{t('thread.start')}</span>
        )}
      </div>
      {messages.map((message, index) => (
        <div role="listitem" className="message-slot" key={message.id}>
          {startsDay(messages, index) && <div className="day-divider">{dayName(message.sentAt, i18n.language)}</div>}
          {message.id === firstUnread && <div className="unread-divider">{t('thread.new')}</div>}
          <MessageBubble message={message} conversation={conversation} onReply={onReply} />
        </div>
      ))}
      {pending.map((entry) => (
        <div role="listitem" className="message-slot" key={entry.key}>
          <PendingBubble entry={entry} />
        </div>
      ))}
      {contactTyping ? (
        <div role="listitem" className="message-slot hint" key="typing">
          {t('presence.contactTyping', { name: contactName(conversation.contact, t) })}
        </div>
      ) : null}
    </VList>
  );
}

function startsDay(messages: readonly { sentAt: string }[], index: number): boolean {
  const [before, here] = [messages[index - 1], messages[index]];
  return !before || !here || new Date(before.sentAt).toDateString() !== new Date(here.sentAt).toDateString();
}

/** The first customer message behind the place up to which this person had read when the thread was opened. */
function unreadFrom(messages: readonly MessagePartsFragment[], readBefore: string | null): string | null {
  if (!readBefore) return null;
  const place = messages.findIndex((message) => message.id === readBefore);
  if (place === -1) return null;
  return messages.slice(place + 1).find((message) => message.direction === 'INBOUND')?.id ?? null;
}
