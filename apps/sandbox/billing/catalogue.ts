import type { Price } from './books.ts';

/** What the business has put up for sale at every merchant: the plans and add-ons of plans.yaml, by their id at each. */
const GOODS = [
  { ids: ['pri_starter', '1001', 'prod_starter'], name: 'Starter', amount: 1_900 },
  { ids: ['pri_team', '1002', 'prod_team'], name: 'Team', amount: 4_900 },
  { ids: ['pri_business', '1003', 'prod_business'], name: 'Business', amount: 14_900 },
  { ids: ['pri_whatsapp', '2001', 'prod_whatsapp'], name: 'WhatsApp', amount: 1_500 },
  { ids: ['pri_branding', '2002', 'prod_branding'], name: 'Without our name in the chat', amount: 900 },
];

/** The prices that are there before anyone has said anything. */
export const CATALOGUE: ReadonlyMap<string, Price> = new Map(
  GOODS.flatMap(({ ids, name, amount }) =>
    ids.map((id) => [id, { id, name, amount, currency: 'EUR', trialDays: 0 }] as const),
  ),
);
