import type { PlanPartsFragment, UsageQuery } from '../../api/documents.js';
import type { Billing } from './use-billing.js';

type Used = UsageQuery['usage'][number];

/** What a plan would have less room for than is used, and what goes off with it. */
export interface Conflicts {
  readonly tooMuch: readonly { readonly metric: Used['metric']; readonly used: number; readonly limit: number }[];
  /** Names of add-ons that are on and do not go with it. */
  readonly goesOff: readonly string[];
}

export function conflictsOf(
  plan: PlanPartsFragment,
  addOns: readonly string[],
  usage: readonly Used[],
  billing: Billing,
): Conflicts {
  const tooMuch = usage.flatMap(({ metric, used }) => {
    const limit = plan.limits.find((one) => one.metric === metric)?.limit ?? null;
    return limit !== null && used > limit ? [{ metric, used, limit }] : [];
  });
  const goesOff = billing.addOns
    .filter((code) => !addOns.includes(code) && !plan.includes.includes(code))
    .map((code) => plan.addOnPrices.find((one) => one.code === code)?.name ?? code);
  return { tooMuch, goesOff };
}

/** Whether there is anything to be asked about. */
export function clash({ tooMuch, goesOff }: Conflicts): boolean {
  return tooMuch.length > 0 || goesOff.length > 0;
}
