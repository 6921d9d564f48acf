import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ConversationsDocument, toApiFailure } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { askedFilter, writeFilters, type InboxFilters } from '../inbox/filters.js';
import { contactName, previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { shortTime, useNow } from '../ui/time.js';
import { Highlighted } from './highlighted.js';

/** The conversations that are as was asked, and the way to all of them. */
export function FoundConversations({ filters, onClear }: { filters: InboxFilters; onClear: () => void }) {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const now = useNow(60_000);
  const [{ data, error, fetching }, reload] = useQuery({
    query: ConversationsDocument,
    variables: { filter: askedFilter('all', filters, me?.id ?? null), order: 'LAST_ACTIVITY', first: 10, after: null },
    requestPolicy: 'cache-and-network',
  });
  const rows = (data?.conversations.nodes ?? []).slice(0, 10);
  const search = writeFilters(filters);
  if (error && !data)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data && fetching) return <Loading />;
  if (rows.length === 0)
    return (
      <EmptyState
        icon="search"
        title={t('filter.noMatch')}
        text={t('filter.noMatchHint')}
        action={<Button onClick={onClear}>{t('action.clearSearch')}</Button>}
      />
    );
  return (
    <section>
      <h2>{t('search.conversations')}</h2>
      <ul className="result-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link href={`/inbox/all/${row.id}?${search}`} className="result">
              <span className="result-top">
                <ChannelBadge kind={row.channel.kind} />
                <strong dir="auto">
                  <Highlighted text={contactName(row.contact, t)} query={filters.text} />
                </strong>
                <span className="hint">{shortTime(row.lastActivityAt, i18n.language, now)}</span>
              </span>
              <span dir="auto" className="result-text">
                {row.lastMessage && <Highlighted text={previewText(row.lastMessage, t)} query={filters.text} />}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Link className="button plain medium" href={`/inbox/all?${search}`}>
        {t('search.inInbox')}
      </Link>
    </section>
  );
}
