import type { PlanPartsFragment } from '../../api/documents.js';
import type { Billing } from './use-billing.js';

/**
 * What pressing a plan does: buys it, changes what is paid for to it, changes what goes with it; nothing where it stands so
 * already, or where what is paid for has to be resumed first.
 */
export type Choice = 'buy' | 'change' | 'changeAddOns' | 'has' | 'resume';

export function choiceOf(plan: PlanPartsFragment, addOns: readonly string[], billing: Billing): Choice {
  const { provider, status } = billing;
  if (provider === null || status === 'EXPIRED' || status === 'NONE') return 'buy';
  if (status === 'PAUSED' || status === 'CANCELED') return 'resume';
  if (billing.plan.code !== plan.code) return 'change';
  const on = billing.addOns.filter((code) => !plan.includes.includes(code));
  return on.length === addOns.length && on.every((code) => addOns.includes(code)) ? 'has' : 'changeAddOns';
}
