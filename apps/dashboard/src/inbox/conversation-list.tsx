import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { VList, type VListHandle } from 'virtua';
import { Link, useLocation } from 'wouter';
import { ConversationsDocument, toApiFailure, type ConversationOrder } from '../api/documents.js';
import { arrangeRows } from '../api/inbox-order.js';
import { useWorkspace } from '../session/workspace.js';
import { IconButton } from '../ui/button.js';
import { ChoiceMenu } from '../ui/menu.js';
import { FailureNote, Loading } from '../ui/states.js';
import { useShortcuts } from '../ui/shortcuts.js';
import { useNow } from '../ui/time.js';
import { ConversationRow } from './conversation-row.js';
import { useInboxCounts } from './inbox-counts.js';
import { ListEmpty } from './list-empty.js';
import { filterOf, orders, views, type View } from './views.js';

const pageSize = 40;
const orderName = 'parley.order';

/** The conversations of one view, kept in order as live changes arrive; only the visible rows exist. */
export function ConversationList({ view, selectedId }: { view: View; selectedId: string | undefined }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [, navigate] = useLocation();
  const now = useNow(60_000);
  const list = useRef<VListHandle>(null);
  const [order, setOrder] = useState<ConversationOrder>(
    () => orders.find((known) => known === localStorage.getItem(orderName)) ?? 'LAST_ACTIVITY',
  );
  const filter = useMemo(() => filterOf(view, me?.id ?? null), [view, me?.id]);
  const [page, setPage] = useState<{ of: string; after: string | null }>({ of: '', after: null });
  const place = `${view} ${order}`;
  const after = page.of === place ? page.after : null;
  const [{ data, error, fetching }, reload] = useQuery({
    query: ConversationsDocument,
    variables: { filter, order, first: pageSize, after },
  });

  const rows = useMemo(
    () => arrangeRows(data?.conversations.nodes ?? [], filter, order, selectedId),
    [data, filter, order, selectedId],
  );
  const { hasNextPage = false, endCursor = null } = data?.conversations.pageInfo ?? {};
  const selected = rows.findIndex((row) => row.id === selectedId);
  const move = (by: number) => {
    const next = rows[selected === -1 ? 0 : selected + by];
    if (next) navigate(`/inbox/${view}/${next.id}`);
  };
  useShortcuts({ j: () => move(1), k: () => move(-1) });
  useEffect(() => {
    if (selected >= 0) list.current?.scrollToIndex(selected, { align: 'nearest' });
  }, [selectedId]);

  return (
    <section className="list-pane" aria-label={t('inbox.conversations')}>
      <header className="list-head">
        <h2>{t('nav.inbox')}</h2>
        <ChoiceMenu
          label={t('inbox.order')}
          value={order}
          choices={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
          onChoose={(value) => {
            setOrder(value as ConversationOrder);
            localStorage.setItem(orderName, value);
          }}
          trigger={<IconButton icon="settings" label={t('inbox.order')} />}
        />
      </header>
      <ViewLinks view={view} />
      {error && !data && (
        <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
      )}
      {!data && fetching && <Loading />}
      {data && rows.length === 0 && <ListEmpty view={view} />}
      {rows.length > 0 && (
        <VList
          ref={list}
          className="rows"
          role="list"
          aria-label={t('inbox.conversations')}
          onScroll={(offset) => {
            const { scrollSize = 0, viewportSize = 0 } = list.current ?? {};
            if (hasNextPage && !fetching && endCursor !== after && offset + viewportSize > scrollSize - 600)
              setPage({ of: place, after: endCursor });
          }}
        >
          {rows.map((row) => (
            <ConversationRow key={row.id} row={row} view={view} selected={row.id === selectedId} now={now} />
          ))}
        </VList>
      )}
    </section>
  );
}

function ViewLinks({ view }: { view: View }) {
  const { t } = useTranslation();
  const counts = useInboxCounts();
  const countOf: Partial<Record<View, number>> = counts
    ? { open: counts.open, mine: counts.mine, unassigned: counts.unassigned, unread: counts.unread }
    : {};
  return (
    <nav className="view-links" aria-label={t('inbox.views')}>
      {views.map((name) => (
        <Link key={name} href={`/inbox/${name}`} aria-current={name === view ? 'page' : undefined}>
          {t(`view.${name}`)}
          {countOf[name] ? <span className="view-count">{countOf[name]}</span> : null}
        </Link>
      ))}
    </nav>
  );
}
