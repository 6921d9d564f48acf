import { useTranslation } from 'react-i18next';
import type { EvaluationResultPartsFragment } from '../../api/documents.js';
import { CustomerText } from '../../ui/customer-text.js';

/** What was asked, what a good answer says, what was answered, and how that was judged. */
export function CaseResults({ title, results }: { title: string; results: readonly EvaluationResultPartsFragment[] }) {
  const { t } = useTranslation();
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('knowledge.question')}</th>
            <th scope="col">{t('cases.expected')}</th>
            <th scope="col">{t('cases.answered')}</th>
            <th scope="col">{t('cases.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ question, expected, answer, passed, verdict, sources }, place) => (
            <tr key={place}>
              <td dir="auto">{question}</td>
              <td dir="auto">{expected === '' ? <span className="hint">{t('cases.nothing')}</span> : expected}</td>
              <td>
                {answer === '' ? <span className="hint">{t('cases.nothing')}</span> : <CustomerText text={answer} />}
                {sources.length > 0 && <bdi className="hint">{sources.map((source) => source.title).join(', ')}</bdi>}
              </td>
              <td>
                {verdict === null ? (
                  <span className="hint">{t('cases.waits')}</span>
                ) : (
                  <span className={passed ? 'chip' : 'chip status-failed'}>{t(`caseVerdict.${verdict}`)}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
