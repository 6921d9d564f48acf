import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AcceptPoliciesDocument, PoliciesDocument, type PoliciesQuery } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { safeHref } from '../ui/safe-text.js';
import { fullDate } from '../ui/time.js';
import { useSession } from './session.js';

type Policy = PoliciesQuery['policies'][number];

/** A policy was changed: what changed in a line, where to read it, and the acceptance, which is recorded by version. */
export function PoliciesBanner() {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const [changed, setChanged] = useState<readonly Policy[]>([]);
  const { ask, busy, failure } = useAsk();
  useEffect(() => {
    let gone = false;
    void account
      .query(PoliciesDocument, {})
      .toPromise()
      .then(({ data }) => gone || setChanged(data?.policies.filter((policy) => !policy.accepted) ?? []));
    return () => {
      gone = true;
    };
  }, [account, i18n.language]);
  if (changed.length === 0) return null;
  const acceptances = changed.map(({ kind, version }) => ({ kind, version }));
  return (
    <div className="top-banner" role="region" aria-label={t('policies.title')}>
      <Icon name="book" size={16} />
      <div className="stack">
        <strong>{t('policies.title')}</strong>
        <ul>
          {changed.map((policy) => (
            <li key={policy.kind}>
              <a href={safeHref(`${policy.url}?lang=${i18n.language}`) ?? undefined} target="_blank" rel="noopener">
                {t(`policyKind.${policy.kind}`)}
              </a>{' '}
              ({fullDate(policy.publishedAt, i18n.language)}): <span dir="auto">{policy.summary}</span>
            </li>
          ))}
        </ul>
        {failure && <p className="field-error">{failureSentence(failure, t)}</p>}
      </div>
      <Button
        size="small"
        tone="primary"
        busy={busy}
        onClick={() =>
          void ask(() => account.mutation(AcceptPoliciesDocument, { acceptances }).toPromise()).then(
            (result) => result && setChanged([]),
          )
        }
      >
        {t('policies.accept')}
      </Button>
    </div>
  );
}
