import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyRowFragment } from '../../api/documents.js';
import { useNow } from '../../ui/time.js';
import { clockWords } from './clock.js';

const tones = { over: 'status-failed', soon: 'warn', calm: '' } as const;

/** Whom it is about, in a line; what was said of them goes when they are erased. */
export function useSubjectWords(): (request: Pick<PrivacyRowFragment, 'subject'>) => ReactNode {
  const { t } = useTranslation();
  return ({ subject }) => {
    if (subject === '') return t('privacy.nobodyNamed');
    // The server's word for somebody of whom only the contact is known.
    return subject === 'contact' ? t('privacy.aContact') : <bdi>{subject}</bdi>;
  };
}

/** How far it is, whether it is urgent, and its clock. */
export function RequestState({ request }: { request: PrivacyRowFragment }) {
  const { t, i18n } = useTranslation();
  const clock = clockWords(request, useNow(60_000), i18n.language, t);
  return (
    <span className="chip-line">
      <span className="chip">{t(`privacyStatus.${request.status}`)}</span>
      {request.minor && <span className="chip priority-urgent">{t('privacy.minor')}</span>}
      {request.unclear && <span className="chip warn">{t('privacy.unclear')}</span>}
      {request.onBehalfOf && <span className="chip">{t('privacy.onBehalf')}</span>}
      <span className={`chip ${tones[clock.tone]}`}>{clock.words}</span>
    </span>
  );
}
