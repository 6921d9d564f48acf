import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.js';

/** One thing that narrows a list, in words, and what the filters are without it. */
export interface Chip<Filters> {
  readonly key: string;
  readonly words: string;
  readonly without: Partial<Filters>;
}

interface Props<Filters> {
  chips: readonly Chip<Filters>[];
  onLeaveOut: (without: Partial<Filters>) => void;
  onClear: () => void;
  /** What else can be done with the filters, as items of the list. */
  children?: ReactNode;
}

/** What narrows a list, each with the way to leave it out. Nothing where nothing does. */
export function ChipList<Filters>({ chips, onLeaveOut, onClear, children }: Props<Filters>) {
  const { t } = useTranslation();
  if (chips.length === 0) return null;
  return (
    <ul className="filter-chips" aria-label={t('filter.active')}>
      {chips.map(({ key, words, without }) => (
        <li key={key}>
          <button
            type="button"
            className="filter-chip"
            aria-label={t('filter.remove', { what: words })}
            onClick={() => onLeaveOut(without)}
          >
            <span dir="auto">{words}</span>
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="link-button" onClick={onClear}>
          {t('filter.clear')}
        </button>
      </li>
      {children}
    </ul>
  );
}
