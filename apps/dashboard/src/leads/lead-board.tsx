import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadFilter, LeadRowFragment, LeadStatus } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { FailureNote, Loading } from '../ui/states.js';
import { countWords } from '../ui/time.js';
import { stepOn } from './board-steps.js';
import { useChangeLead } from './change-lead.js';
import { LeadColumn } from './lead-column.js';
import { leadStatuses } from './lead-filters.js';
import { LeadsEmpty } from './leads-empty.js';
import { useLeadPages, type LeadPages } from './use-lead-pages.js';

interface Props {
  filter: LeadFilter;
  selectedId: string | undefined;
  to: (leadId?: string) => string;
  onClear: (() => void) | null;
  onCreate: (() => void) | null;
}

/** The leads by how far they have come, a column for each status; moved by dragging, by menu or by key. */
export function LeadBoard({ filter, selectedId, to, onClear, onCreate }: Props) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { move } = useChangeLead();
  const board = useRef<HTMLDivElement>(null);
  const columns = useColumns(filter);
  /** The column that is shown where there is room for one alone. */
  const [chosen, setChosen] = useState<LeadStatus | null>(null);
  const [dragged, setDragged] = useState<LeadRowFragment | null>(null);
  const [over, setOver] = useState<LeadStatus | null>(null);
  /** The lead that the focus goes with, once it is where it was moved to. */
  const [followed, setFollowed] = useState<{ id: string; status: LeadStatus } | null>(null);

  const all = columns.map(({ pages }) => pages);
  const failed = all.find(({ failure }) => failure);
  if (failed?.failure) {
    const again = () => all.forEach(({ failure, retry }) => failure && retry());
    return <FailureNote failure={failed.failure} onRetry={again} />;
  }
  if (!all.every(({ known }) => known)) return <Loading />;
  if (all.every(({ leads, hasMore, fetching }) => leads.length === 0 && !hasMore && !fetching))
    return <LeadsEmpty onClear={onClear} onCreate={onCreate} />;

  const shown = columns.find(({ status }) => status === chosen) ?? columns[0];
  const countOf = ({ leads, hasMore }: LeadPages) => `${countWords(leads.length, i18n.language)}${hasMore ? '+' : ''}`;
  const moveAndFollow = (lead: LeadRowFragment, status: LeadStatus) => {
    setFollowed({ id: lead.id, status });
    setChosen(status);
    move(lead, status);
  };
  const letGo = () => {
    setDragged(null);
    setOver(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = stepOn(event, board.current);
    if (!step) return;
    event.preventDefault();
    if (step.kind === 'focus') return step.link?.focus();
    const from = columns.find(({ pages }) => pages.leads.some(({ id }) => id === step.id));
    const lead = from?.pages.leads.find(({ id }) => id === step.id);
    const next = leadStatuses[leadStatuses.indexOf(from?.status ?? 'NEW') + step.by];
    if (mayWrite && lead && next) moveAndFollow(lead, next);
  };
  return (
    <div className="lead-board" ref={board} onKeyDown={onKeyDown}>
      <div className="segments lead-tabs" role="group" aria-label={t('leads.status')}>
        {columns.map(({ status, pages }) => (
          <button key={status} type="button" aria-pressed={status === shown?.status} onClick={() => setChosen(status)}>
            {t(`leadStatus.${status}`)} <span className="lead-count">{countOf(pages)}</span>
          </button>
        ))}
      </div>
      <p className="visually-hidden">{mayWrite && t('leads.boardHint')}</p>
      <div className="lead-columns" data-shown={shown?.status}>
        {columns.map(({ status, pages }) => (
          <LeadColumn
            key={status}
            status={status}
            pages={pages}
            count={countOf(pages)}
            selectedId={selectedId}
            followedId={followed?.status === status ? followed.id : null}
            over={over === status}
            to={to}
            onFollowed={() => setFollowed(null)}
            onMove={mayWrite ? moveAndFollow : null}
            onDrag={(lead) => (lead ? setDragged(lead) : letGo())}
            onOver={() => {
              if (!dragged) return false;
              setOver(dragged.status === status ? null : status);
              return true;
            }}
            onDrop={() => {
              if (dragged) move(dragged, status);
              letGo();
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface Column {
  readonly status: LeadStatus;
  readonly pages: LeadPages;
}

/** A list for each status; those that are filtered out are not asked for. */
function useColumns(filter: LeadFilter): Column[] {
  const wanted = (status: LeadStatus) => filter.status?.includes(status) ?? true;
  const pagesOf: Record<LeadStatus, LeadPages> = {
    NEW: useLeadPages({ ...filter, status: ['NEW'] }, !wanted('NEW')),
    CONTACTED: useLeadPages({ ...filter, status: ['CONTACTED'] }, !wanted('CONTACTED')),
    QUALIFIED: useLeadPages({ ...filter, status: ['QUALIFIED'] }, !wanted('QUALIFIED')),
    WON: useLeadPages({ ...filter, status: ['WON'] }, !wanted('WON')),
    LOST: useLeadPages({ ...filter, status: ['LOST'] }, !wanted('LOST')),
  };
  return leadStatuses.filter(wanted).map((status) => ({ status, pages: pagesOf[status] }));
}
