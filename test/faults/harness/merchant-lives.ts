import type { MerchantName, MerchantStatus } from '../../../src/billing/merchants/merchant.js';
import { priceOf } from '../../support/billing.js';
import { stateOf } from '../../support/merchant-samples/index.js';
import type { MerchantSample } from '../../support/merchant-samples/sample.js';

/** Something that changed at the merchant, so many minutes after the purchase. */
interface Change {
  readonly at: number;
  readonly status: MerchantStatus;
  readonly price: string;
  /** It is to end with its period. */
  readonly ends?: true;
}

/** What happens to the subscriptions of one workspace, and how it stands in the end. */
interface Life {
  readonly name: string;
  readonly changes: Readonly<Record<'main' | 'other', readonly Change[]>>;
  readonly stands: { readonly status: string; readonly plan: string; readonly add_ons: readonly string[] };
}

const bought: Change = { at: 0, status: 'ACTIVE', price: 'small' };
const alsoBought: Change = { at: 3, status: 'ACTIVE', price: 'whatsapp' };

/** Lives in which the order of what is heard could matter. */
export const lives: readonly Life[] = [
  {
    name: 'a bigger plan after a payment that failed and was made good',
    changes: {
      main: [
        bought,
        { at: 10, status: 'PAST_DUE', price: 'small' },
        { at: 11, status: 'PAST_DUE', price: 'small' },
        { at: 20, status: 'ACTIVE', price: 'small' },
        { at: 30, status: 'ACTIVE', price: 'big' },
      ],
      other: [alsoBought],
    },
    stands: { status: 'ACTIVE', plan: 'big', add_ons: ['whatsapp'] },
  },
  {
    name: 'a payment that is missing once more',
    changes: {
      main: [
        bought,
        { at: 10, status: 'PAST_DUE', price: 'small' },
        { at: 20, status: 'ACTIVE', price: 'small' },
        { at: 30, status: 'PAST_DUE', price: 'small' },
        { at: 40, status: 'PAST_DUE', price: 'small' },
      ],
      other: [alsoBought, { at: 25, status: 'CANCELED', price: 'whatsapp', ends: true }],
    },
    stands: { status: 'PAST_DUE', plan: 'small', add_ons: ['whatsapp'] },
  },
  {
    name: 'a cancellation that was taken back and comes again',
    changes: {
      main: [
        { ...bought, price: 'big' },
        { at: 10, status: 'CANCELED', price: 'big', ends: true },
        { at: 20, status: 'ACTIVE', price: 'big' },
        { at: 30, status: 'CANCELED', price: 'big', ends: true },
      ],
      other: [alsoBought, { at: 12, status: 'PAUSED', price: 'whatsapp' }],
    },
    stands: { status: 'CANCELED', plan: 'big', add_ons: [] },
  },
  {
    name: 'two plans bought at once, of which one is ended',
    changes: {
      main: [
        { at: 0, status: 'TRIALING', price: 'small' },
        { at: 10, status: 'ACTIVE', price: 'small' },
        { at: 20, status: 'PAUSED', price: 'small' },
        { at: 30, status: 'ACTIVE', price: 'small' },
      ],
      other: [
        { at: 1, status: 'ACTIVE', price: 'big' },
        { at: 15, status: 'CANCELED', price: 'big' },
      ],
    },
    stands: { status: 'ACTIVE', plan: 'small', add_ons: [] },
  },
];

/** Whose life it is. */
interface Buyer {
  readonly number: number;
  /** What our checkout gave along. */
  readonly mark: Readonly<Record<string, unknown>>;
}

/**
 * The calls that a merchant makes of a life, each as its bytes, in the order in which it happened: with each change two
 * events, as merchants do, one more that names the subscription alone, and now and then one about something else.
 */
export function callsOf(sample: MerchantSample, life: Life, buyer: Buyer, start: number): Buffer[] {
  const timed = (['main', 'other'] as const).flatMap((which) => {
    const reference = referenceOf(sample.name, buyer.number, which);
    return life.changes[which].flatMap((change) => {
      const moment = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
      const over = change.status === 'CANCELED' && change.ends === undefined;
      const state = stateOf(sample, {
        reference,
        price: priceOf(change.price),
        status: wordFor(sample, change),
        changedAt: moment(change.at),
        renewsAt: moment(30 * 1_440),
        endsAt: change.ends === true ? moment(30 * 1_440) : over ? moment(change.at) : null,
        custom: buyer.mark,
      });
      const held = [
        change.at === 0 ? kinds[sample.name].created : kinds[sample.name][change.status],
        kinds[sample.name].updated,
      ];
      const [concerning] = Object.entries(sample.concerning);
      const [other] = Object.entries(sample.others).slice(1);
      return [
        ...held.map((kind) => sample.event(kind, sample.subscription(state), state)),
        ...(concerning === undefined ? [] : [sample.event(concerning[0], concerning[1](reference), state)]),
        ...(other === undefined || change.at % 20 !== 0 ? [] : [sample.event(other[0], other[1], state)]),
      ].map((body) => ({ at: change.at, body }));
    });
  });
  return timed.sort((one, next) => one.at - next.at).map(({ body }) => body);
}

type Kind = 'created' | 'updated' | MerchantStatus;
const dotted = (kind: Partial<Record<Kind, string>>): Record<Kind, string> => {
  const all = {
    created: 'created',
    updated: 'updated',
    TRIALING: 'updated',
    ACTIVE: 'updated',
    PAST_DUE: 'past_due',
    PAUSED: 'paused',
    CANCELED: 'canceled',
    ...kind,
  };
  return Object.fromEntries(Object.entries(all).map(([name, word]) => [name, `subscription.${word}`])) as Record<
    Kind,
    string
  >;
};
/** What each merchant calls the event of a change. */
const kinds: Readonly<Record<MerchantName, Readonly<Record<Kind, string>>>> = {
  paddle: dotted({ TRIALING: 'trialing', ACTIVE: 'activated' }),
  polar: dotted({ ACTIVE: 'active' }),
  lemonsqueezy: {
    created: 'subscription_created',
    updated: 'subscription_updated',
    TRIALING: 'subscription_updated',
    ACTIVE: 'subscription_resumed',
    PAST_DUE: 'subscription_updated',
    PAUSED: 'subscription_paused',
    CANCELED: 'subscription_cancelled',
  },
};

/** The merchant's word for how it stands; one that is to end is active until then, but at Lemon Squeezy. */
function wordFor(sample: MerchantSample, { status, ends }: Change): string {
  if (sample.name === 'lemonsqueezy' && status === 'CANCELED') return ends === true ? 'cancelled' : 'expired';
  const wanted = ends === true ? 'ACTIVE' : status;
  const word = Object.entries(sample.statuses).find(([, ours]) => ours === wanted)?.[0];
  if (word === undefined) throw new Error(`${sample.name} has no word for ${wanted}.`);
  return word;
}

function referenceOf(merchant: MerchantName, number: number, which: 'main' | 'other'): string {
  const own = 10_000 + number * 2 + (which === 'main' ? 0 : 1);
  if (merchant === 'paddle') return `sub_01h${String(own)}`;
  return merchant === 'polar' ? `6f1c1b0e-0000-4000-8000-${String(own).padStart(12, '0')}` : String(own);
}
