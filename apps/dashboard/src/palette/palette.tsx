import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { keyOf, shortcutOf } from '../actions/keys.js';
import { liveActions } from '../actions/use-actions.js';
import { Icon } from '../ui/icon.js';
import { KeyCap } from '../ui/key-cap.js';
import { allCommands, matchCommands, type Entry, type Section } from './entries.js';
import { noteUse, recentActions } from './recent.js';
import { useFound } from './use-found.js';

/** Everything that can be done or gone to, by its name: a box to type into, and a list below it that arrows walk. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [, navigate] = useLocation();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const live = useMemo(liveActions, []);
  const recent = useMemo(() => recentActions(localStorage), []);
  const found = useFound(typed);
  const query = typed.trim();

  // Before the first picture, and back before anything else is done: what an action opens keeps the focus that it takes.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const searchFor: Entry = {
    id: 'search-for',
    icon: 'search',
    label: t('palette.searchFor', { query }),
    run: () => navigate(`/search?q=${encodeURIComponent(query)}`),
  };
  const sections: Section[] = (
    query === ''
      ? allCommands(live, recent, t)
      : [
          { name: t('palette.commands'), entries: matchCommands(live, recent, query, t) },
          { name: t('palette.replies'), entries: found.replies },
          { name: t('palette.people'), entries: found.persons },
          { name: t('palette.conversations'), entries: found.conversations },
          { name: t('palette.more'), entries: [searchFor] },
        ]
  ).filter(({ entries }) => entries.length > 0);
  const entries = sections.flatMap((section) => section.entries);
  const active = Math.min(place, entries.length - 1);
  const activeId = entries[active]?.id;

  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    if (entry.action) noteUse(localStorage, entry.action);
    flushSync(onClose);
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) {
      const next = active + by;
      // One step beyond an end is the other end; a leap stops there.
      if (Math.abs(by) === 1) setPlace((next + entries.length) % entries.length);
      else setPlace(Math.max(0, Math.min(next, entries.length - 1)));
    } else if (event.key === 'Enter') choose(entries[active]);
    else if (shortcutOf(event.nativeEvent, true, true) === keyOf('palette')) onClose();
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('palette.title')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      <div className="palette-body">
        <div className="palette-field">
          <Icon name="search" />
          <input
            type="text"
            role="combobox"
            dir="auto"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            aria-label={t('palette.placeholder')}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={id}
            aria-activedescendant={activeId && `${id}-${activeId}`}
            placeholder={t('palette.placeholder')}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setPlace(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className="palette-list" id={id} ref={list} role="listbox" aria-label={t('palette.title')}>
          {sections.map((section, index) => (
            <div key={section.name} role="group" aria-labelledby={`${id}-section-${String(index)}`}>
              <div className="palette-section" id={`${id}-section-${String(index)}`} role="presentation">
                {section.name}
              </div>
              {section.entries.map((entry) => (
                <div
                  key={entry.id}
                  id={`${id}-${entry.id}`}
                  className="palette-entry"
                  role="option"
                  aria-selected={entry.id === activeId}
                  // The focus stays in the box.
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => setPlace(entries.indexOf(entry))}
                  onClick={() => choose(entry)}
                >
                  <Icon name={entry.icon} size={16} />
                  <span className="palette-label" dir="auto">
                    {entry.label}
                  </span>
                  {entry.hint && (
                    <span className="palette-hint" dir="auto">
                      {entry.hint}
                    </span>
                  )}
                  {entry.key && <KeyCap keyed={entry.key} />}
                </div>
              ))}
            </div>
          ))}
        </div>
        <p className="palette-foot" aria-hidden="true">
          <kbd>↑↓</kbd> {t('palette.hint')} <kbd>↵</kbd> {t('palette.hintRun')} <kbd>Esc</kbd> {t('palette.hintClose')}
        </p>
        <p className={found.failed ? 'palette-status' : 'visually-hidden'} role="status">
          {found.failed
            ? t('palette.failed')
            : found.searching
              ? t('palette.searching')
              : t('palette.found', { count: entries.length })}
        </p>
      </div>
    </dialog>
  );
}
