import { useTranslation } from 'react-i18next';
import type { RunPartsFragment } from '../api/documents.js';
import { CustomerText, OutsideLink } from '../ui/customer-text.js';
import { countWords, fullTime, regionOf } from '../ui/time.js';
import { runErrorWords } from './draft-words.js';
import { sentParts } from './sent-parts.js';

/** Everything on record of one run: what left, from which passages, what came back, what was cut of it and what became of it. */
export function RunParts({ run }: { run: RunPartsFragment }) {
  const { t } = useTranslation();
  const quoted = run.provider === 'quote';
  return (
    <div className="stack run-parts">
      <Facts run={run} quoted={quoted} />
      {run.masked.length > 0 && <p className="hint">{t('suggestion.masked', { what: run.masked.join(', ') })}</p>}
      {run.error && (
        <p className="field-error" dir="auto">
          {runErrorWords(run, t)}
        </p>
      )}
      <p>
        <strong>{t(quoted ? 'suggestion.lookedFor' : 'suggestion.left')}</strong>
      </p>
      {sentParts(run.request).map((part, index) => (
        <div key={index}>
          {part.role && <p className="hint">{t(`suggestion.role_${part.role}`)}</p>}
          <pre dir="auto" tabIndex={0} aria-label={t('suggestion.left')}>
            {part.text}
          </pre>
        </div>
      ))}
      <Passages run={run} />
      <p>
        <strong>{t('suggestion.cameBack')}</strong>
      </p>
      {run.response ? (
        <pre dir="auto" tabIndex={0} aria-label={t('suggestion.cameBack')}>
          {run.response}
        </pre>
      ) : (
        <p className="hint">{t('suggestion.nothingBack')}</p>
      )}
      <Cut run={run} />
    </div>
  );
}

/** When, by what, what became of it, and what it cost. */
function Facts({ run, quoted }: { run: RunPartsFragment; quoted: boolean }) {
  const { t, i18n } = useTranslation();
  const cents = new Intl.NumberFormat(regionOf(i18n.language), { maximumFractionDigits: 3 });
  const changed = run.editDistance ?? 0;
  return (
    <>
      <p className="hint">
        {fullTime(run.at, i18n.language)} ·{' '}
        {quoted ? t('suggestion.noModel') : <bdi>{`${run.model} (${run.provider})`}</bdi>} ·{' '}
        {t(`aiOutcome.${run.outcome}`)}
        {!quoted && (
          <> · {t('suggestion.cost', { sent: run.promptTokens, back: run.completionTokens, ms: run.latencyMs })}</>
        )}
        {!quoted && run.costCents !== null && <> · {t('suggestion.price', { cents: cents.format(run.costCents) })}</>}
      </p>
      <p className="hint">
        {run.approvedBy && (
          <>
            {t('suggestion.approved', { name: `\u2068${run.approvedBy.user.name}\u2069` })}
            {changed > 0 && <>, {t('suggestion.changed', { number: countWords(changed, i18n.language) })}</>} ·{' '}
          </>
        )}
        {t('suggestion.wording')} <code>{run.promptVersion}</code>
      </p>
    </>
  );
}

function Passages({ run: { passages } }: { run: RunPartsFragment }) {
  const { t, i18n } = useTranslation();
  const share = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent', maximumFractionDigits: 0 });
  if (passages.length === 0) return null;
  return (
    <>
      <p>
        <strong>{t('suggestion.passages')}</strong>
      </p>
      <ol className="plain-list">
        {passages.map(({ knowledgeId, title, heading, url, score, cited }, index) => (
          <li key={`${knowledgeId} ${String(index)}`}>
            {countWords(index + 1, i18n.language)}. <bdi>{[title, heading].filter(Boolean).join(' › ')}</bdi>{' '}
            <span className="hint">{t('suggestion.fits', { share: share.format(score) })}</span>{' '}
            {cited && <span className="chip">{t('suggestion.cited')}</span>}{' '}
            {url && <OutsideLink href={url}>{url}</OutsideLink>}
          </li>
        ))}
      </ol>
    </>
  );
}

function Cut({ run: { cut } }: { run: RunPartsFragment }) {
  const { t } = useTranslation();
  if (cut.length === 0) return null;
  return (
    <>
      <p>
        <strong>{t('suggestion.cut')}</strong>
      </p>
      <ul className="plain-list">
        {cut.map(({ sentence, why }, index) => (
          <li key={index}>
            <CustomerText text={sentence} /> <span className="hint">{t(`cutReason.${why}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
