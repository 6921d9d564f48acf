import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadRowFragment, LeadStatus } from '../api/documents.js';
import { useNow } from '../ui/time.js';
import { LeadCard } from './lead-card.js';
import { MoreAtEnd } from './more-at-end.js';
import type { LeadPages } from './use-lead-pages.js';

interface Props {
  status: LeadStatus;
  pages: LeadPages;
  count: string;
  selectedId: string | undefined;
  /** The lead that the focus goes with. */
  followedId: string | null;
  /** Whether a lead of another column is over it. */
  over: boolean;
  to: (leadId: string) => string;
  onFollowed: () => void;
  onMove: ((lead: LeadRowFragment, status: LeadStatus) => void) | null;
  onDrag: (lead: LeadRowFragment | null) => void;
  onOver: () => boolean;
  onDrop: () => void;
}

/** The leads of one status, the newest first. */
export function LeadColumn(props: Props) {
  const { status, pages, count, selectedId, followedId, over, to, onFollowed, onMove, onDrag, onOver, onDrop } = props;
  const { t } = useTranslation();
  const now = useNow(60_000);
  const title = useId();
  return (
    <section
      className="lead-column"
      data-status={status}
      data-over={over || undefined}
      aria-labelledby={title}
      onDragOver={(event) => {
        // The browser lets go only where it is told that it may.
        if (onOver()) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
    >
      <h3 id={title} className={`lead-status ${status.toLowerCase()}`}>
        {t(`leadStatus.${status}`)} <span className="lead-count">{count}</span>
      </h3>
      <div className="lead-scroll">
        {pages.known && pages.leads.length === 0 && !pages.hasMore && <p className="hint">{t('leads.columnEmpty')}</p>}
        <ul aria-labelledby={title}>
          {pages.leads.map((lead) => (
            <LeadCard
              key={lead.id}
              lead={lead}
              href={to(lead.id)}
              now={now}
              selected={lead.id === selectedId}
              followed={lead.id === followedId}
              onFollowed={onFollowed}
              onMove={onMove && ((next) => onMove(lead, next))}
              onDrag={(dragged) => onDrag(dragged ? lead : null)}
            />
          ))}
        </ul>
        {pages.hasMore && <MoreAtEnd busy={pages.fetching} onMore={pages.more} />}
      </div>
    </section>
  );
}
