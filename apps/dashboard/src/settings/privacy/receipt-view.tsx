import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.js';
import { countWords, fullDate, fullTime } from '../../ui/time.js';
import { saveReceipt, type ShownReceipt } from './receipt-file.js';
import { groundWords, rowWords } from './row-words.js';

/** What was erased and what is kept on which ground, as it was signed, to be shown to whoever asks. */
export function ReceiptView({ receipt }: { receipt: ShownReceipt }) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return (
    <section>
      <h2>{t('privacyReceipt.title')}</h2>
      <p className="hint">{t('privacyReceipt.lead', { time: fullTime(receipt.completedAt, language) })}</p>
      <div className="table-frame" tabIndex={0} role="region" aria-label={t('privacyReceipt.title')}>
        <table className="narrow">
          <thead>
            <tr>
              <th scope="col">{t('privacyReceipt.what')}</th>
              <th scope="col">{t('privacyReceipt.count')}</th>
              <th scope="col">{t('privacyReceipt.became')}</th>
            </tr>
          </thead>
          <tbody>
            {receipt.erased.map(({ what, count }) => (
              <tr key={`gone ${what}`}>
                <td>{rowWords(what, t)}</td>
                <td>{countWords(count, language)}</td>
                <td>{t('privacyReceipt.erased')}</td>
              </tr>
            ))}
            {receipt.retained.map(({ what, count, basis, until }) => (
              <tr key={`kept ${what}`}>
                <td>{rowWords(what, t)}</td>
                <td>{countWords(count, language)}</td>
                <td>
                  {until === null
                    ? t('privacyReceipt.kept')
                    : t('privacyReceipt.keptUntil', { time: fullDate(until, language) })}
                  <span className="traced" dir="auto">
                    {groundWords(basis, t)}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="button-row">
        <Button icon="file" onClick={() => saveReceipt(receipt)}>
          {t('privacyReceipt.download')}
        </Button>
        <a href={`/privacy/verify?lang=${language}`} target="_blank" rel="noopener">
          {t('privacyReceipt.check')}
        </a>
      </div>
    </section>
  );
}
