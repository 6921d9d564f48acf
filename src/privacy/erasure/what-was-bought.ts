import type { Parting } from '../../billing/index.js';
import type { ErasedRows, RetainedRows } from '../proof/erasure-receipt.js';

/** What the receipt of a workspace says of what it had bought: what was ended at the merchant, and what the law wants kept. */
export function whatWasBought({ subscriptions, records }: Parting): {
  readonly erased: readonly ErasedRows[];
  readonly retained: readonly RetainedRows[];
} {
  const ended = subscriptions.filter(({ confirmed }) => confirmed);
  const owed = subscriptions.filter(({ confirmed }) => !confirmed);
  return {
    erased: ended.map(({ provider, count }) => ({ what: `subscriptions cancelled at ${provider}`, count })),
    retained: [
      ...owed.map(({ provider, count }) => ({
        what: `subscriptions at ${provider}`,
        count,
        basis: `Not confirmed: ${provider} did not cancel within 23 hours. It is asked again until it does; the operator was told.`,
        until: null,
      })),
      ...(records === null
        ? []
        : [
            {
              what: 'billing_records',
              count: records.count,
              basis: `Legal obligation (GDPR 6(1)(c)): ${records.law}. Ids, plans and times of what was sold, and nobody's data.`,
              until: records.until,
            },
          ]),
    ],
  };
}
