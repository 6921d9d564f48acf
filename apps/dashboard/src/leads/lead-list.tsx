import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import type { LeadFilter, LeadRowFragment, LeadStatus } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { ChoiceMenu } from '../ui/menu.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime, shortTime, useNow } from '../ui/time.js';
import { useChangeLead } from './change-lead.js';
import { leadStatuses } from './lead-filters.js';
import { LeadMarks, LeadOwner } from './lead-marks.js';
import { leadHint, leadName } from './lead-words.js';
import { LeadsEmpty } from './leads-empty.js';
import { MoreAtEnd } from './more-at-end.js';
import { useLeadPages } from './use-lead-pages.js';

interface Props {
  filter: LeadFilter;
  selectedId: string | undefined;
  to: (leadId?: string) => string;
  onClear: (() => void) | null;
  onCreate: (() => void) | null;
}

/** The leads under each other, the newest first. */
export function LeadList({ filter, selectedId, to, onClear, onCreate }: Props) {
  const { t } = useTranslation();
  const now = useNow(60_000);
  const { mayWrite } = useWorkspace();
  const { move } = useChangeLead();
  const { leads, known, fetching, hasMore, failure, more, retry } = useLeadPages(filter);
  const [, navigate] = useLocation();
  const list = useRef<HTMLUListElement>(null);
  const selected = leads.findIndex(({ id }) => id === selectedId);
  const step = (by: 1 | -1) => {
    const next = leads[selected === -1 ? 0 : selected + by];
    if (next) navigate(to(next.id));
    else if (by === 1) more();
  };
  useActions({ next: () => step(1), previous: () => step(-1) });
  useEffect(() => {
    list.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  if (failure) return <FailureNote failure={failure} onRetry={retry} />;
  if (!known) return <Loading />;
  if (leads.length === 0 && !hasMore && !fetching) return <LeadsEmpty onClear={onClear} onCreate={onCreate} />;
  return (
    <div className="lead-scroll lead-list">
      <ul className="result-list" aria-label={t('nav.leads')} ref={list}>
        {leads.map((lead) => (
          <LeadLine
            key={lead.id}
            lead={lead}
            href={to(lead.id)}
            now={now}
            selected={lead.id === selectedId}
            onMove={mayWrite ? (status) => move(lead, status) : null}
          />
        ))}
      </ul>
      {hasMore && <MoreAtEnd busy={fetching} onMore={more} />}
    </div>
  );
}

interface LineProps {
  lead: LeadRowFragment;
  href: string;
  now: number;
  selected: boolean;
  onMove: ((status: LeadStatus) => void) | null;
}

function LeadLine({ lead, href, now, selected, onMove }: LineProps) {
  const { t, i18n } = useTranslation();
  const name = leadName(lead, t);
  const status = t(`leadStatus.${lead.status}`);
  return (
    <li className="lead-line" data-current={selected || undefined}>
      <Link href={href} className="result contact-result" aria-current={selected ? 'true' : undefined}>
        <Avatar name={name} size="small" />
        <span className="result-main">
          <strong className="row-name" dir="auto">
            {name}
          </strong>
          <span className="lead-hint" dir="auto">
            {leadHint(lead, t)}
          </span>
          <span className="lead-marks">
            <LeadMarks lead={lead} mostTags={3} />
            <LeadOwner lead={lead} />
          </span>
        </span>
        <time className="hint" dateTime={lead.createdAt} title={fullTime(lead.createdAt, i18n.language)}>
          {shortTime(lead.createdAt, i18n.language, now)}
        </time>
      </Link>
      {onMove ? (
        <ChoiceMenu
          label={t('leads.move', { name })}
          value={lead.status}
          choices={leadStatuses.map((value) => ({ value, label: t(`leadStatus.${value}`) }))}
          onChoose={(value) => onMove(value as LeadStatus)}
          trigger={
            <Button size="small" aria-label={`${t('leads.move', { name })}: ${status}`}>
              {status}
            </Button>
          }
        />
      ) : (
        <span className="chip">{status}</span>
      )}
    </li>
  );
}
