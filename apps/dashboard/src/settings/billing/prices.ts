import type { TFunction } from 'i18next';
import type { PlanPartsFragment } from '../../api/documents.js';
import { regionOf } from '../../ui/time.js';

/** An amount of money, as the reader's region writes it. */
export function moneyWords(cents: number, currency: string, language: string): string {
  try {
    return new Intl.NumberFormat(regionOf(language), { style: 'currency', currency }).format(cents / 100);
  } catch {
    // No code of a currency: the page stands, and says it as it is written.
    const amount = new Intl.NumberFormat(regionOf(language), { minimumFractionDigits: 2 }).format(cents / 100);
    return `${amount} ${currency}`;
  }
}

/** The same with what it is paid for: a month or a year. */
export function priceWords(cents: number, plan: PlanPartsFragment, t: TFunction, language: string): string {
  const price = moneyWords(cents, plan.currency, language);
  return t(plan.interval === 'year' ? 'billing.aYear' : 'billing.aMonth', { price });
}

/** What a plan costs with these add-ons, in hundredths. */
export function sumOf(plan: PlanPartsFragment, addOns: readonly string[]): number {
  return plan.addOnPrices
    .filter(({ code }) => addOns.includes(code) && !plan.includes.includes(code))
    .reduce((sum, { priceCents }) => sum + priceCents, plan.priceCents);
}
