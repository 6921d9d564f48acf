import { useTranslation } from 'react-i18next';
import type { PrivacyFigurePartsFragment } from '../../api/documents.js';
import { figureWords } from './figure-words.js';

/** How many requests wait, and how long they take: against five business days and against the law's thirty. */
export function RequestFigures({ figures }: { figures: PrivacyFigurePartsFragment }) {
  const { t, i18n } = useTranslation();
  const words = figureWords(figures, i18n.language);
  return (
    <div>
      <dl className="report-total desk-figures" aria-label={t('privacyFigures.title')}>
        {words.map(([name, value]) => (
          <div key={name} className={name === 'overdue' && figures.overdue > 0 ? 'late' : undefined}>
            <dt>{t(`privacyFigures.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{t(figures.settled === 0 ? 'privacyFigures.none' : 'privacyFigures.measured')}</p>
    </div>
  );
}
