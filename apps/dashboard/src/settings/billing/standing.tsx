import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useWorkspace } from '../../session/workspace.js';
import { fullDate } from '../../ui/time.js';
import { EndOfPlan } from './end-of-plan.js';
import { OpenPortal } from './open-portal.js';
import { standingWords } from './standing-words.js';
import type { Billing } from './use-billing.js';
import { useOwners } from './use-owners.js';

/** How the plan stands, in words, and what its owners may do about it. */
export function Standing({ billing }: { readonly billing: Billing }) {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const owners = useOwners();
  const { status, live, plan, provider } = billing;
  const tone = !live ? 'status-expired' : status === 'PAST_DUE' || status === 'CANCELED' ? 'warn' : 'status-ready';
  const bought = provider !== null;
  return (
    <section aria-labelledby="billing-standing">
      <h2 id="billing-standing">{t('billing.standing')}</h2>
      <div className="card">
        <div className="card-head">
          <strong dir="auto">{plan.name}</strong>
          <span className={`chip ${tone}`}>{t(`billing.status.${status}`)}</span>
        </div>
        <p>{standingWords(billing, t, (at) => fullDate(at, i18n.language))}</p>
        {bought && <p className="hint">{t('billing.merchant', { merchant: merchants[provider] ?? provider })}</p>}
        {me?.role === 'OWNER' ? (
          bought && (
            <div className="button-row">
              <OpenPortal />
              <EndOfPlan billing={billing} />
            </div>
          )
        ) : (
          <p className="hint">
            {t('billing.ownersMay', { names: owners })} <Link href="/settings/members">{t('state.whoMay')}</Link>
          </p>
        )}
      </div>
    </section>
  );
}

const merchants: Readonly<Record<string, string>> = {
  paddle: 'Paddle',
  lemonsqueezy: 'Lemon Squeezy',
  polar: 'Polar',
};
