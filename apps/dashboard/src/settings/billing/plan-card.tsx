import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanPartsFragment } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { CheckField } from '../../ui/field.js';
import { BuyPlan } from './buy-plan.js';
import { moneyWords, priceWords, sumOf } from './prices.js';
import type { Billing } from './use-billing.js';

interface Props {
  readonly plan: PlanPartsFragment;
  readonly billing: Billing;
}

/** One plan: what it costs, what it has room for, what can go with it, and the button that buys it. */
export function PlanCard({ plan, billing }: Props) {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const title = useId();
  const [addOns, setAddOns] = useState(() => offered(plan).filter((code) => billing.addOns.includes(code)));
  const own = billing.live && billing.plan.code === plan.code;
  const free = plan.priceCents === 0;
  const owner = me?.role === 'OWNER';
  const choose = (code: string, on: boolean) =>
    setAddOns(on ? [...addOns, code] : addOns.filter((other) => other !== code));
  return (
    <article className="plan-card" aria-labelledby={title}>
      <div className="card-head">
        <h3 id={title} dir="auto">
          {plan.name}
        </h3>
        {own && <span className="chip status-ready">{t('billing.yours')}</span>}
      </div>
      <p className="plan-price">{priceWords(plan.priceCents, plan, t, i18n.language)}</p>
      <ul className="plan-limits">
        {plan.limits.map(({ metric, limit }) => (
          <li key={metric}>
            <Icon name="check" size={14} />
            {limit === null ? t(`billing.noLimit.${metric}`) : t(`billing.limit.${metric}`, { count: limit })}
          </li>
        ))}
        {plan.addOnPrices
          .filter(({ code }) => plan.includes.includes(code))
          .map(({ code, name }) => (
            <li key={code}>
              <Icon name="check" size={14} /> <bdi>{name}</bdi>
            </li>
          ))}
      </ul>
      {!free && offered(plan).length > 0 && (
        <fieldset className="plan-add-ons" disabled={!owner}>
          <legend>{t('billing.addOns')}</legend>
          {plan.addOnPrices
            .filter(({ code }) => !plan.includes.includes(code))
            .map(({ code, name, priceCents }) => (
              <CheckField
                key={code}
                label={
                  <>
                    <bdi>{name}</bdi>{' '}
                    <span className="hint">
                      {t('billing.plus', { price: moneyWords(priceCents, plan.currency, i18n.language) })}
                    </span>
                  </>
                }
                checked={addOns.includes(code)}
                onChange={(event) => choose(code, event.target.checked)}
              />
            ))}
        </fieldset>
      )}
      {addOns.length > 0 && (
        <p className="plan-sum" role="status">
          {t('billing.sum', { price: priceWords(sumOf(plan, addOns), plan, t, i18n.language) })}
        </p>
      )}
      {owner && !free && <BuyPlan plan={plan} addOns={addOns} billing={billing} />}
    </article>
  );
}

/** What can be bought with a plan, beside what is in it. */
function offered({ addOnPrices, includes }: PlanPartsFragment): string[] {
  return addOnPrices.map(({ code }) => code).filter((code) => !includes.includes(code));
}
