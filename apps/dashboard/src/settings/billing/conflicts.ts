import type { PlanChangeQuery, PlanPartsFragment } from '../../api/documents.js';
import type { Billing } from './use-billing.js';

/** What the server says that a plan has no room for, and what goes off with the change. */
export interface Conflicts {
  readonly tooMuch: PlanChangeQuery['planChange'];
  /** Names of add-ons that are on and do not go with it. */
  readonly goesOff: readonly string[];
}

export function conflictsOf(
  plan: PlanPartsFragment,
  addOns: readonly string[],
  tooMuch: Conflicts['tooMuch'],
  billing: Billing,
): Conflicts {
  const goesOff = billing.addOns
    .filter((code) => !addOns.includes(code) && !plan.includes.includes(code))
    .map((code) => plan.addOnPrices.find((one) => one.code === code)?.name ?? code);
  return { tooMuch, goesOff };
}

/** Whether there is anything to be asked about. */
export function clash({ tooMuch, goesOff }: Conflicts): boolean {
  return tooMuch.length > 0 || goesOff.length > 0;
}
