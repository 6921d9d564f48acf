import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/button.js';
import { LeadFilterChips } from './lead-filter-chips.js';
import { LeadFilterPanel } from './lead-filter-panel.js';
import { countLeadFilters, type LeadFilters, type LeadLayout } from './lead-filters.js';

interface Props {
  filters: LeadFilters;
  layout: LeadLayout;
  onFilters: (filters: LeadFilters) => void;
  onLayout: (layout: LeadLayout) => void;
  /** Null for those who may only read. */
  onCreate: (() => void) | null;
  /** More ways, behind the others. */
  children?: ReactNode;
}

/** The top of the leads: board or list, what narrows them, and the way to one more. */
export function LeadsHead({ filters, layout, onFilters, onLayout, onCreate, children }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const count = countLeadFilters(filters);
  return (
    <>
      <header className="leads-head">
        <h2>{t('nav.leads')}</h2>
        <div className="segments" role="group" aria-label={t('leads.layout')}>
          {(['board', 'list'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={layout === one} onClick={() => onLayout(one)}>
              {t(`leads.${one}`)}
            </button>
          ))}
        </div>
        <span className="counted">
          <IconButton
            icon="filter"
            label={count ? t('leads.filterSet', { count }) : t('leads.filter')}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          />
          {count > 0 && (
            <span className="count-mark" aria-hidden="true">
              {count}
            </span>
          )}
        </span>
        {children}
        {onCreate && (
          <Button tone="primary" size="small" icon="plus" className="push-end" onClick={onCreate}>
            {t('leads.create')}
          </Button>
        )}
      </header>
      {open && <LeadFilterPanel filters={filters} onChange={onFilters} />}
      <LeadFilterChips filters={filters} onChange={onFilters} />
    </>
  );
}
