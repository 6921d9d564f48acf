import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VList, type VListHandle } from 'virtua';
import { useLocation } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import type { ConversationOrder } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { IconButton } from '../ui/button.js';
import { FailureNote, Loading } from '../ui/states.js';
import { useNow } from '../ui/time.js';
import { ConversationRow } from './conversation-row.js';
import {
  askedFilter,
  countFilters,
  noFilters,
  readFilters,
  readOrder,
  writeFilters,
  type InboxFilters,
} from './filters.js';
import { ListEmpty } from './list-empty.js';
import { ListHead } from './list-head.js';
import { usePlace } from './place.js';
import { useSelection } from './selection.js';
import { useRows } from './use-rows.js';
import { ViewLinks } from './view-links.js';
import { orders } from './views.js';
import { part } from '../ui/part.js';

// Fetched when somebody asks for them.
const SavedViewDialog = part(() => import('./saved-view-dialog.js'));
const BulkBar = part(() => import('./bulk-bar.js'));

const orderName = 'parley.order';

/** The conversations of one view, kept in order as live changes arrive; only the visible rows exist. */
export function ConversationList({ selectedId }: { selectedId: string | undefined }) {
  const { t } = useTranslation();
  const { me, mayWrite } = useWorkspace();
  const [, navigate] = useLocation();
  const { view, search, to } = usePlace();
  const now = useNow(60_000);
  const list = useRef<VListHandle>(null);
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const filters = useMemo(() => readFilters(search), [search]);
  const order = readOrder(search) ?? rememberedOrder();
  const filter = useMemo(() => askedFilter(view, filters, me?.id ?? null), [view, filters, me?.id]);
  const { rows, known, fetching, failure, retry, more } = useRows(filter, order, selectedId);
  const tags = useMemo(() => [...new Set(rows.flatMap((row) => row.tags))].sort(), [rows]);

  const narrow = (next: InboxFilters, nextOrder = readOrder(search)) => {
    const said = writeFilters(next, nextOrder);
    navigate(`/inbox/${view}${said ? `?${said}` : ''}`, { replace: true });
  };
  const selected = rows.findIndex((row) => row.id === selectedId);
  const move = (by: number) => {
    const next = rows[selected === -1 ? 0 : selected + by];
    if (next) navigate(to(next.id));
  };
  const rowIds = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useSelection(rowIds, JSON.stringify(filter));
  const chooseHere = () => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const id = focused ?? selectedId;
    if (id && rowIds.includes(id)) selection.toggle(id, false);
  };
  useActions({ next: () => move(1), previous: () => move(-1), ...(mayWrite ? { choose: chooseHere } : {}) });
  useEffect(() => {
    if (selected >= 0) list.current?.scrollToIndex(selected, { align: 'nearest' });
  }, [selectedId]);

  return (
    <section className="list-pane" aria-label={t('inbox.conversations')}>
      <ListHead
        filters={filters}
        order={order}
        tags={tags}
        onFilters={narrow}
        onOrder={(chosen) => {
          rememberOrder(chosen);
          narrow(filters, chosen);
        }}
        onSave={() => setDialog('save')}
        buttons={
          mayWrite &&
          rows.length > 0 && (
            <IconButton
              icon="select"
              label={t('bulk.title')}
              aria-pressed={selection.open}
              onClick={selection.open ? selection.clear : selection.show}
            />
          )
        }
      >
        <ViewLinks view={view} onManage={() => setDialog('manage')} />
      </ListHead>
      {failure && <FailureNote failure={failure} onRetry={retry} />}
      {!known && fetching && <Loading />}
      {known && rows.length === 0 && (
        <ListEmpty view={view} onClear={countFilters(filters) > 0 ? () => narrow(noFilters) : null} />
      )}
      {rows.length > 0 && (
        <VList
          ref={list}
          className={selection.open ? 'rows choosing' : 'rows'}
          role="list"
          aria-label={t('inbox.conversations')}
          data={rows}
          onScroll={(offset) => {
            const { scrollSize = 0, viewportSize = 0 } = list.current ?? {};
            if (offset + viewportSize > scrollSize - 600) more();
          }}
        >
          {(row) => (
            <ConversationRow
              key={row.id}
              row={row}
              href={to(row.id)}
              selected={row.id === selectedId}
              checked={selection.chosen.has(row.id)}
              onToggle={mayWrite ? selection.toggle : null}
              now={now}
            />
          )}
        </VList>
      )}
      {selection.open && rows.length > 0 && (
        <Suspense fallback={null}>
          <BulkBar
            rows={rows.filter((row) => selection.chosen.has(row.id))}
            loaded={rows.length}
            spam={filter.spam ?? false}
            onAll={selection.all}
            onClear={selection.clear}
          />
        </Suspense>
      )}
      {dialog && (
        <Suspense fallback={null}>
          <SavedViewDialog what={dialog} filter={filter} order={order} onClose={() => setDialog(null)} />
        </Suspense>
      )}
    </section>
  );
}

/** The order that was chosen last in this browser; an address may ask for another. */
function rememberedOrder(): ConversationOrder {
  try {
    return orders.find((known) => known === localStorage.getItem(orderName)) ?? 'LAST_ACTIVITY';
  } catch {
    return 'LAST_ACTIVITY';
  }
}

function rememberOrder(order: ConversationOrder): void {
  try {
    localStorage.setItem(orderName, order);
  } catch {
    // Blocked storage: the address keeps it.
  }
}
