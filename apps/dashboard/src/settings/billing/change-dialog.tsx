import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanPartsFragment } from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FailureNote } from '../../ui/states.js';
import { countWords } from '../../ui/time.js';
import { clash, type Conflicts } from './conflicts.js';
import { priceWords, sumOf } from './prices.js';
import { RefundLink } from './refund-link.js';
import type { Checkout } from './use-checkout.js';

interface Props {
  readonly plan: PlanPartsFragment;
  readonly addOns: readonly string[];
  /** Whether a plan is paid for already, so that the change holds without a checkout. */
  readonly paid: boolean;
  readonly conflicts: Conflicts;
  readonly checkout: Checkout;
  readonly onClose: () => void;
}

/** Before a change: what it costs, and what would have to rest, by name. Nothing is deleted. */
export function ChangeDialog({ plan, addOns, paid, conflicts, checkout, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const price = priceWords(sumOf(plan, addOns), plan, t, i18n.language);
  return (
    <Dialog title={t('billing.changeTitle', { plan: plan.name })} onClose={onClose}>
      <p>{t(paid ? 'billing.changeText' : 'billing.buyText', { price })}</p>
      {conflicts.goesOff.length > 0 && (
        <p>
          {t('billing.goesOff')} <strong dir="auto">{conflicts.goesOff.join(', ')}</strong>
        </p>
      )}
      {conflicts.tooMuch.length > 0 && (
        <>
          <p>
            <strong>{t('billing.tooMuch')}</strong>
          </p>
          <ul className="plan-conflicts">
            {conflicts.tooMuch.map((conflict) => (
              <ConflictItem key={conflict.metric} conflict={conflict} />
            ))}
          </ul>
        </>
      )}
      {clash(conflicts) && <p>{t('billing.restsText')}</p>}
      <RefundLink />
      {checkout.failure && <FailureNote failure={checkout.failure} />}
      <div className="button-row">
        <Button tone="primary" busy={checkout.busy} onClick={() => checkout.go(plan.code, addOns)}>
          {t(clash(conflicts) ? 'billing.changeAnyway' : 'billing.changeNow')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** Of what there is too much: by name what would rest, and in words what else it means. */
function ConflictItem({ conflict }: { readonly conflict: Conflicts['tooMuch'][number] }) {
  const { t, i18n } = useTranslation();
  const { metric, used, limit, frozen } = conflict;
  const written = (count: number) => countWords(count, i18n.language);
  const name = t(`billing.metric.${metric}`);
  const isOver = limit !== null && used > limit;
  return (
    <li>
      {isOver ? `${name}: ${t('billing.usedOf', { used: written(used), limit: written(limit) })}.` : `${name}.`}{' '}
      {frozen.length === 0 && t(`billing.whenFull.${metric}`)}
      {frozen.length > 0 && (
        <>
          {t('billing.rests')}{' '}
          {frozen.map((one, place) => (
            // Two may have one name, and none comes or goes while this is read.
            <Fragment key={place}>
              {place > 0 && ', '}
              <strong dir="auto">{one}</strong>
            </Fragment>
          ))}
        </>
      )}
    </li>
  );
}
