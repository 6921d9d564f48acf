import { billingNews, hasStopped } from './billing-news.js';
import type { Billing } from './use-billing.js';

const now = Date.parse('2026-11-20T12:00:00Z');
const later = (days: number) => new Date(now + days * 86_400_000).toISOString();

function billing(part: Partial<Billing>): Billing {
  return {
    status: 'ACTIVE',
    addOns: [],
    provider: null,
    renewsAt: null,
    cancelAt: null,
    graceEndsAt: null,
    trialEndsAt: null,
    live: true,
    sold: true,
    plan: { code: 'team', name: 'Team' },
    ...part,
  };
}

describe('what everybody is told of the plan', () => {
  it.each([
    ['nothing while all is well', {}, null],
    ['nothing where nothing is sold', { sold: false, live: false, status: 'NONE' }, null],
    ['nothing of a trial that goes on', { status: 'TRIALING', trialEndsAt: later(3.1) }, null],
    [
      'the end of a trial in its last three days',
      { status: 'TRIALING', trialEndsAt: later(3) },
      { kind: 'trialEnds', at: later(3), days: 3 },
    ],
    [
      'its last hours as a day',
      { status: 'TRIALING', trialEndsAt: later(0.1) },
      { kind: 'trialEnds', at: later(0.1), days: 1 },
    ],
    [
      'nothing of a trial that the merchant ends by selling',
      { status: 'TRIALING', provider: 'paddle', trialEndsAt: later(1), renewsAt: later(1) },
      null,
    ],
    [
      'a payment that failed, with the last day of grace',
      { status: 'PAST_DUE', provider: 'paddle', graceEndsAt: later(14) },
      { kind: 'pastDue', at: later(14) },
    ],
    ['nothing of a cancelled plan with weeks to go', { status: 'CANCELED', cancelAt: later(20) }, null],
    [
      'the end of a cancelled plan in its last days',
      { status: 'CANCELED', cancelAt: later(2) },
      { kind: 'ends', at: later(2), days: 2 },
    ],
    ['a pause', { status: 'PAUSED', provider: 'polar', live: false }, { kind: 'paused' }],
    ['the end of a trial', { status: 'EXPIRED', live: false, trialEndsAt: later(-1) }, { kind: 'trialEnded' }],
    // The clock is past it, and nobody has looked at the standing yet.
    ['the end of a trial at once', { status: 'TRIALING', live: false, trialEndsAt: later(0) }, { kind: 'trialEnded' }],
    [
      'the end of a plan that was paid for',
      { status: 'EXPIRED', live: false, provider: 'paddle', trialEndsAt: later(-40) },
      { kind: 'ended' },
    ],
    ['that there is no plan', { status: 'NONE', live: false }, { kind: 'none' }],
  ] as const)('%s', (_name, part, news) => expect(billingNews(billing(part), now)).toEqual(news));

  it('is put away only where nothing has stopped', () => {
    expect(hasStopped({ kind: 'trialEnds', at: later(1), days: 1 })).toBe(false);
    expect(hasStopped({ kind: 'ends', at: later(1), days: 1 })).toBe(false);
    expect(hasStopped({ kind: 'pastDue', at: later(1) })).toBe(false);
    for (const kind of ['paused', 'trialEnded', 'ended', 'none'] as const) expect(hasStopped({ kind })).toBe(true);
  });
});
