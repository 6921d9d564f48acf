import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ContactSegmentsDocument, ContactsDocument, toApiFailure } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { contactName } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { useDebounced } from '../ui/debounced.js';
import { DownloadLink } from '../ui/download-link.js';
import { Icon } from '../ui/icon.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { shortTime, useNow } from '../ui/time.js';
import { contactsFileAddress } from './contacts-file.js';
import { SegmentBar, filterOf } from './segment-bar.js';

/** Everyone who ever wrote, each with the way to their latest conversation. */
export default function ContactsPage() {
  const { t, i18n } = useTranslation();
  const { workspace, mayWrite } = useWorkspace();
  const now = useNow(60_000);
  const [text, setText] = useState('');
  const search = useDebounced(text.trim()) || null;
  const [segmentId, setSegmentId] = useState<string | null>(null);
  const [{ data: segments }] = useQuery({ query: ContactSegmentsDocument });
  const segment = segments?.contactSegments.find(({ id }) => id === segmentId) ?? null;
  const asked = JSON.stringify([search, segment?.filter]);
  const [page, setPage] = useState<{ of: string; after: string | null }>({ of: '', after: null });
  const after = page.of === asked ? page.after : null;
  const [{ data, error, fetching }, reload] = useQuery({
    query: ContactsDocument,
    variables: { search, filter: filterOf(segment), first: 50, after },
    requestPolicy: 'cache-and-network',
  });
  const narrowed = search !== null || segment !== null;
  const contacts = data?.contacts.nodes ?? [];
  const next = data?.contacts.pageInfo;
  const more = useRef<HTMLButtonElement>(null);
  const [from, endCursor] = [contacts.length, next?.endCursor ?? null];
  useEffect(() => {
    // Whoever scrolls to the end goes on; the button is for the keyboard.
    const end = more.current;
    if (!end || fetching) return;
    const seen = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && setPage({ of: asked, after: endCursor }),
      { rootMargin: '600px' },
    );
    seen.observe(end);
    return () => seen.disconnect();
  }, [from, endCursor, fetching, asked]);
  return (
    <main className="page" id="content" tabIndex={-1}>
      <h1>{t('nav.contacts')}</h1>
      <input
        type="search"
        className="search-input"
        aria-label={t('contacts.search')}
        placeholder={t('contacts.search')}
        value={text}
        dir="auto"
        onChange={(event) => setText(event.target.value)}
      />
      <SegmentBar chosen={segmentId} onChoose={setSegmentId} />
      {mayWrite && contacts.length > 0 && (
        <p>
          <DownloadLink className="button plain small" href={contactsFileAddress(workspace.id, { search, segmentId })}>
            <Icon name="download" size={16} /> {t('contacts.export')}
          </DownloadLink>
        </p>
      )}
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && contacts.length === 0 && (
        <EmptyState
          icon="people"
          title={t(narrowed ? 'contacts.noMatch' : 'contacts.empty')}
          text={t(narrowed ? 'contacts.noMatchHint' : 'contacts.emptyHint')}
          action={
            narrowed ? (
              <Button
                onClick={() => {
                  setText('');
                  setSegmentId(null);
                }}
              >
                {t('action.clearSearch')}
              </Button>
            ) : (
              <Link href="/settings/channels" className="button plain medium">
                {t('action.toChannels')}
              </Link>
            )
          }
        />
      )}
      <ul className="result-list" aria-label={t('nav.contacts')}>
        {contacts.map((contact) => {
          const name = contactName(contact, t);
          const conversation = contact.conversations.nodes[0];
          const words = (
            <>
              <Avatar name={name} size="small" />
              <span className="result-main">
                <strong dir="auto">{name}</strong>
                <span className="hint">
                  {contact.identities.map((identity) => (
                    <ChannelBadge key={identity.externalId} kind={identity.kind} />
                  ))}{' '}
                  <bdi>{[...contact.emails, ...contact.phones].join(', ')}</bdi>
                </span>
              </span>
              <span className="hint">{shortTime(contact.lastSeenAt, i18n.language, now)}</span>
            </>
          );
          return (
            <li key={contact.id} className="contact-line">
              {conversation ? (
                <Link href={`/inbox/all/${conversation.id}/details`} className="result contact-result">
                  {words}
                </Link>
              ) : (
                <span className="result contact-result">{words}</span>
              )}
            </li>
          );
        })}
      </ul>
      {next?.hasNextPage && (
        <Button ref={more} busy={fetching} onClick={() => setPage({ of: asked, after: next.endCursor })}>
          {t('action.more')}
        </Button>
      )}
    </main>
  );
}
