import { useTranslation } from 'react-i18next';
import type { ApiFailure, PreviewRetentionQuery } from '../api/documents.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { countWords } from '../ui/time.js';
import { rowWords } from './privacy/row-words.js';

interface Props {
  /** What would go now; null where it could not be counted. */
  rows: PreviewRetentionQuery['previewRetention'] | null;
  failure: ApiFailure | null;
  busy: boolean;
  onClose: () => void;
  onSave: () => void;
}

/** Says what goes at once where things are kept for less time, before they do. */
export function ConfirmShorter({ rows, failure, busy, onClose, onSave }: Props) {
  const { t, i18n } = useTranslation();
  const going = (rows ?? []).filter(({ count }) => count > 0);
  const some = going.length > 0;
  // What nobody could count is taken for something.
  const removes = some || rows === null;
  const text = rows === null ? 'retention.notCounted' : some ? 'retention.goes' : 'retention.nothingGoes';
  return (
    <ConfirmForm
      title={t('retention.shorter')}
      text={t(text)}
      button={t(removes ? 'retention.saveAndRemove' : 'action.save')}
      tone={removes ? 'danger' : 'primary'}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={onSave}
    >
      {some && (
        <>
          <ul className="plain-list">
            {going.map(({ what, count }) => (
              <li key={what}>
                {rowWords(what, t)}: <strong>{countWords(count, i18n.language)}</strong>
              </li>
            ))}
          </ul>
          <p className="hint">{t('retention.heldStays')}</p>
        </>
      )}
    </ConfirmForm>
  );
}
