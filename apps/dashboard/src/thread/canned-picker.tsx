import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { CannedResponsesDocument } from '../api/documents.js';
import { cannedQuery, matchCanned } from './canned-match.js';

/** Opens while the text is a slash and a word; arrows choose, Enter or Tab takes, Escape leaves. */
export function useCanned(text: string, take: (text: string) => void) {
  const id = useId();
  const query = cannedQuery(text);
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const open = query !== null && closedFor !== text;
  const [{ data }] = useQuery({ query: CannedResponsesDocument, pause: !open });
  const found = useMemo(() => (open ? matchCanned(data?.cannedResponses ?? [], query) : []), [open, data, query]);
  const active = Math.min(place, Math.max(found.length - 1, 0));
  const choose = (index: number) => {
    const canned = found[index];
    if (canned) take(canned.text);
    setPlace(0);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === 'Escape') setClosedFor(text);
    else if (found.length === 0) return false;
    else if (event.key === 'ArrowDown') setPlace((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setPlace((active - 1 + found.length) % found.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria = open
    ? {
        'aria-autocomplete': 'list' as const,
        'aria-controls': id,
        'aria-activedescendant': found.length ? `${id}-${active}` : undefined,
      }
    : {};
  return { id, open, found, active, choose, onKeyDown, aria, empty: data?.cannedResponses.length === 0 };
}

type PickerProps = Pick<ReturnType<typeof useCanned>, 'id' | 'open' | 'found' | 'active' | 'choose' | 'empty'>;

export function CannedPicker({ id, open, found, active, choose, empty }: PickerProps) {
  const { t } = useTranslation();
  if (!open) return null;
  if (found.length === 0) {
    return (
      <p className="canned-picker hint">
        {t(empty ? 'canned.none' : 'canned.noMatch')} <Link href="/settings/replies">{t('canned.manage')}</Link>
      </p>
    );
  }
  return (
    <ul className="canned-picker" id={id} role="listbox" aria-label={t('canned.title')}>
      {found.map((canned, index) => (
        <li
          key={canned.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(index);
          }}
        >
          <kbd>/{canned.shortcut.replace(/^\//u, '')}</kbd> <span dir="auto">{canned.text}</span>
        </li>
      ))}
    </ul>
  );
}
