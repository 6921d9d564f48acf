import { useEffect, useRef, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeadRowFragment, LeadStatus } from '../api/documents.js';
import { IconButton } from '../ui/button.js';
import { ChoiceMenu } from '../ui/menu.js';
import { fullTime, shortTime } from '../ui/time.js';
import { leadStatuses } from './lead-filters.js';
import { LeadMarks, LeadOwner } from './lead-marks.js';
import { leadHint, leadName } from './lead-words.js';

interface Props {
  lead: LeadRowFragment;
  href: string;
  now: number;
  selected: boolean;
  /** Whether it was moved by key or menu just now: the focus goes with it. */
  followed: boolean;
  onFollowed: () => void;
  /** Null for those who may only read. */
  onMove: ((status: LeadStatus) => void) | null;
  onDrag: (dragged: boolean) => void;
}

/** One lead on the board: dragged, or moved by its menu. */
export function LeadCard({ lead, href, now, selected, followed, onFollowed, onMove, onDrag }: Props) {
  const { t, i18n } = useTranslation();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (!followed) return;
    link.current?.focus();
    onFollowed();
  }, [followed]);
  const name = leadName(lead, t);
  const hint = leadHint(lead, t);
  const drag = onMove
    ? {
        draggable: true,
        onDragStart: (event: DragEvent) => {
          event.dataTransfer.setData('text/plain', name);
          event.dataTransfer.effectAllowed = 'move';
          onDrag(true);
        },
        onDragEnd: () => onDrag(false),
      }
    : {};
  return (
    <li className="lead-card" {...drag}>
      <Link
        href={href}
        ref={link}
        draggable={false}
        className="lead-link"
        data-lead={lead.id}
        aria-current={selected ? 'true' : undefined}
      >
        <span className="row-line">
          <strong className="row-name" dir="auto">
            {name}
          </strong>
        </span>
        {hint && (
          <span className="lead-hint" dir="auto">
            {hint}
          </span>
        )}
        <span className="lead-marks">
          <LeadMarks lead={lead} mostTags={2} />
          <LeadOwner lead={lead} />
          <time dateTime={lead.createdAt} title={fullTime(lead.createdAt, i18n.language)}>
            {shortTime(lead.createdAt, i18n.language, now)}
          </time>
        </span>
      </Link>
      {onMove && (
        <ChoiceMenu
          label={t('leads.move', { name })}
          value={lead.status}
          choices={leadStatuses.map((value) => ({ value, label: t(`leadStatus.${value}`) }))}
          onChoose={(value) => onMove(value as LeadStatus)}
          trigger={<IconButton icon="more" label={t('leads.move', { name })} />}
        />
      )}
    </li>
  );
}
