import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { cannedQuery, matchCanned } from './canned-match.js';
import { useCannedReplies } from './canned-replies.js';
import { PickerList, usePicker } from './picker.js';

/** Opens while the text is a slash and a word that were typed here: what was kept from before may begin so by itself. */
export function useCanned(text: string, take: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const query = text === typed ? cannedQuery(text) : null;
  const { replies, read } = useCannedReplies(query !== null);
  const found = useMemo(() => (query === null ? [] : matchCanned(replies ?? [], query)), [replies, query]);
  const picker = usePicker({ text, wanted: query !== null, found, take: (canned) => take(canned.text) });
  return { ...picker, empty: replies?.length === 0, prepare: read, onType: setTyped };
}

export function CannedPicker({ empty, prepare: _prepare, onType: _onType, ...picker }: ReturnType<typeof useCanned>) {
  const { t } = useTranslation();
  if (!picker.open) return null;
  if (picker.found.length === 0) {
    return (
      <p className="picker hint">
        {t(empty ? 'canned.none' : 'canned.noMatch')} <Link href="/settings/replies">{t('canned.manage')}</Link>
      </p>
    );
  }
  return (
    <PickerList {...picker} label={t('canned.title')}>
      {(canned) => (
        <>
          <kbd>
            <bdi dir="ltr">/{canned.shortcut.replace(/^\//u, '')}</bdi>
          </kbd>{' '}
          <span dir="auto">{canned.text}</span>
        </>
      )}
    </PickerList>
  );
}
