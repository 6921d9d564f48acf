import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { UsageDocument, toApiFailure } from '../../api/documents.js';
import { FailureNote, Loading } from '../../ui/states.js';
import { countWords } from '../../ui/time.js';
import { fillOf } from './fill-of.js';

/** What the workspace uses of its plan: as words, and as a bar where there is a limit. */
export function UsageBars() {
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({ query: UsageDocument, requestPolicy: 'cache-and-network' });
  const written = (count: number) => countWords(count, i18n.language);
  return (
    <section aria-labelledby="billing-usage">
      <h2 id="billing-usage">{t('billing.usage')}</h2>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      <ul className="usage-list">
        {data?.usage.map(({ metric, used, limit }) => {
          const name = t(`billing.metric.${metric}`);
          if (limit === null)
            return (
              <li key={metric}>
                <span>{name}</span>
                <span>{t('billing.usedFreely', { used: written(used) })}</span>
              </li>
            );
          const words = t('billing.usedOf', { used: written(used), limit: written(limit) });
          const fill = fillOf(used, limit);
          return (
            <li key={metric}>
              <span>{name}</span>
              <span>{words}</span>
              <meter
                aria-label={`${name}: ${words}`}
                value={Math.min(used, limit)}
                max={Math.max(limit, 1)}
                className={fill}
              />
              {fill !== 'room' && (
                <p className="usage-note">
                  <strong>{t(`billing.fill.${fill}`)}</strong> {fill !== 'near' && t(`billing.whenFull.${metric}`)}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
