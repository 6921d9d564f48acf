import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationOrder } from '../api/documents.js';
import { IconButton } from '../ui/button.js';
import { ChoiceMenu } from '../ui/menu.js';
import { FilterChips } from './filter-chips.js';
import { countFilters, type InboxFilters } from './filters.js';
import { orders } from './views.js';
import { part } from '../ui/part.js';

// Fetched when somebody narrows the list.
const FilterPanel = part(() => import('./filter-panel.js'));

interface Props {
  filters: InboxFilters;
  order: ConversationOrder;
  tags: readonly string[];
  onFilters: (filters: InboxFilters) => void;
  onOrder: (order: ConversationOrder) => void;
  /** Keeps the list as it is under a name. */
  onSave: () => void;
  /** More buttons of the list. */
  buttons: ReactNode;
  /** The ways to the views, between the buttons and what narrows them. */
  children: ReactNode;
}

/** The top of the list: which one it is, how it is ordered and what narrows it. */
export function ListHead({ filters, order, tags, onFilters, onOrder, onSave, buttons, children }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const count = countFilters(filters);
  return (
    <>
      <header className="list-head">
        <h2>{t('nav.inbox')}</h2>
        <span className="list-buttons">
          {buttons}
          <span className="counted">
            <IconButton
              icon="filter"
              label={count ? t('filter.someSet', { count }) : t('filter.title')}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            />
            {count > 0 && (
              <span className="count-mark" aria-hidden="true">
                {count}
              </span>
            )}
          </span>
          <ChoiceMenu
            label={t('inbox.order')}
            value={order}
            choices={orders.map((value) => ({ value, label: t(`order.${value}`) }))}
            onChoose={(value) => onOrder(value as ConversationOrder)}
            trigger={<IconButton icon="sort" label={t('inbox.order')} />}
          />
        </span>
      </header>
      {children}
      {open && (
        <Suspense fallback={null}>
          <FilterPanel filters={filters} tags={tags} onChange={onFilters} />
        </Suspense>
      )}
      <FilterChips filters={filters} onChange={onFilters} onSave={onSave} />
    </>
  );
}
