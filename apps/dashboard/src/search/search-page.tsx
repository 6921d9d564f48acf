import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { ChannelsDocument, ContactsDocument, SearchMessagesDocument, toApiFailure } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { contactName, previewText } from '../inbox/words.js';
import { Button } from '../ui/button.js';
import { useDebounced } from '../ui/debounced.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { shortTime, useNow } from '../ui/time.js';
import { FoundConversations } from './found-conversations.js';
import { Highlighted } from './highlighted.js';
import { parseSearch } from './operators.js';

/** Searches messages and people at once; the address keeps the words. */
export default function SearchPage() {
  const { t, i18n } = useTranslation();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('q') ?? '';
  const [text, setText] = useState(asked);
  const query = useDebounced(text.trim());
  const now = useNow(60_000);
  const [page, setPage] = useState<{ of: string; after: string | null }>({ of: '', after: null });
  const after = page.of === query ? page.after : null;
  const [{ data: all }] = useQuery({ query: ChannelsDocument });
  const { words, filters, narrowed } = parseSearch(query, all?.channels ?? []);
  const pause = words.length < 2;
  const [{ data, error, fetching }, reload] = useQuery({
    query: SearchMessagesDocument,
    variables: { query: words, first: 25, after },
    pause: pause || narrowed,
    requestPolicy: 'cache-and-network',
  });
  const [{ data: people }] = useQuery({
    query: ContactsDocument,
    variables: { search: words, first: 5, after: null },
    pause: pause || narrowed,
  });
  useEffect(() => {
    if (query !== asked) navigate(query ? `/search?q=${encodeURIComponent(query)}` : '/search', { replace: true });
  }, [query]);
  const messages = pause || narrowed ? [] : (data?.searchMessages.nodes ?? []);
  const contacts = pause || narrowed ? [] : (people?.contacts.nodes ?? []);
  const next = data?.searchMessages.pageInfo;
  return (
    <main className="page" id="content" tabIndex={-1}>
      <h1>{t('nav.search')}</h1>
      <input
        type="search"
        className="search-input"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={text}
        dir="auto"
        autoFocus
        onChange={(event) => setText(event.target.value)}
      />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {narrowed && <FoundConversations filters={{ ...filters, text: words }} onClear={() => setText('')} />}
      {contacts.length > 0 && (
        <section>
          <h2>{t('search.people')}</h2>
          <ul className="result-list">
            {contacts.map((contact) => {
              const conversation = contact.conversations.nodes[0];
              return (
                <li key={contact.id}>
                  {conversation ? (
                    <Link href={`/inbox/all/${conversation.id}/details`} className="result">
                      <strong dir="auto">
                        <Highlighted text={contactName(contact, t)} query={words} />
                      </strong>
                      <span className="hint">{[...contact.emails, ...contact.phones].join(', ')}</span>
                    </Link>
                  ) : (
                    <span className="result" dir="auto">
                      {contactName(contact, t)}
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      {messages.length > 0 && (
        <section>
          <h2>{t('search.messages')}</h2>
          <ul className="result-list">
            {messages.map((message) => (
              <li key={message.id}>
                <Link href={`/inbox/all/${message.conversation.id}`} className="result">
                  <span className="result-top">
                    <ChannelBadge kind={message.conversation.channel.kind} />
                    <strong dir="auto">{message.conversation.contact.name ?? t('contact.unnamed')}</strong>
                    <span className="hint">{shortTime(message.sentAt, i18n.language, now)}</span>
                  </span>
                  <span dir="auto" className="result-text">
                    <Highlighted text={previewText(message, t)} query={words} />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          {next?.hasNextPage && (
            <Button busy={fetching} onClick={() => setPage({ of: query, after: next.endCursor })}>
              {t('action.more')}
            </Button>
          )}
        </section>
      )}
      {!pause && !narrowed && fetching && messages.length === 0 && <Loading />}
      {!pause && !narrowed && !fetching && !error && messages.length === 0 && contacts.length === 0 && (
        <EmptyState
          icon="search"
          title={t('search.nothing', { query })}
          text={t('search.nothingHint')}
          action={<Button onClick={() => setText('')}>{t('action.clearSearch')}</Button>}
        />
      )}
      {pause && !narrowed && (
        <>
          <p className="hint">{t('search.hint')}</p>
          <p className="hint">{t('search.operators')}</p>
        </>
      )}
    </main>
  );
}
