import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ContactHistoryDocument, toApiFailure } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { usePlace } from '../inbox/place.js';
import { previewText } from '../inbox/words.js';
import { Button } from '../ui/button.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime, shortTime } from '../ui/time.js';

interface Props {
  contactId: string;
  conversationId: string;
}

/** What they wrote on every channel, the newest first, a page at a time. */
export function ContactHistory({ contactId, conversationId }: Props) {
  const { t } = useTranslation();
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return (
    <section>
      <h3>{t('customer.history')}</h3>
      {pages.map((after, index) => (
        <HistoryPage
          key={after ?? ''}
          contactId={contactId}
          conversationId={conversationId}
          after={after}
          onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
        />
      ))}
    </section>
  );
}

interface PageProps extends Props {
  after: string | null;
  onMore: ((after: string) => void) | null;
}

function HistoryPage({ contactId, conversationId, after, onMore }: PageProps) {
  const { t, i18n } = useTranslation();
  const { to } = usePlace();
  const [{ data, error }, reload] = useQuery({
    query: ContactHistoryDocument,
    variables: { id: contactId, first: 10, after },
    requestPolicy: 'cache-and-network',
  });
  const page = data?.contact?.conversations;
  if (!page && error)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!page) return <Loading />;
  const { endCursor, hasNextPage } = page.pageInfo;
  return (
    <>
      <ul className="plain-list">
        {page.nodes.map(({ id, status, subject, channel, lastMessage, lastActivityAt }) => (
          <li key={id}>
            <Link href={to(id)} className="past" aria-current={id === conversationId ? 'true' : undefined}>
              <span className="past-head">
                <ChannelBadge kind={channel.kind} />
                <span dir="auto">{channel.name}</span>
                <span className="chip">{t(`status.${status}`)}</span>
                <time className="hint" dateTime={lastActivityAt} title={fullTime(lastActivityAt, i18n.language)}>
                  {shortTime(lastActivityAt, i18n.language, Date.now())}
                </time>
              </span>
              {subject && (
                <strong className="past-words" dir="auto">
                  {subject}
                </strong>
              )}
              <span className="past-words" dir="auto">
                {lastMessage ? previewText(lastMessage, t) : t('row.empty')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {onMore && hasNextPage && endCursor && (
        <Button size="small" onClick={() => onMore(endCursor)}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}
