import { progressOf } from './ordered.js';
import type { Billing } from './use-billing.js';

const stands = (part: Partial<Billing>) =>
  ({
    status: 'ACTIVE',
    provider: 'polar',
    live: true,
    addOns: [],
    plan: { code: 'team', name: 'Team' },
    ...part,
  }) as unknown as Billing;
const ordered = { plan: 'team', addOns: ['whatsapp'] };

describe('how far an order has come', () => {
  it.each([
    ['waits while there is only the trial', { status: 'TRIALING', provider: null }, ordered, 'waits'],
    ['waits while the plan before is the one', { plan: { code: 'starter', name: 'Starter' } }, ordered, 'waits'],
    ['waits while what was bought has ended', { status: 'EXPIRED', live: false }, null, 'waits'],
    ['has the plan before what goes with it', {}, ordered, 'plan'],
    ['is done with all of it', { addOns: ['whatsapp'] }, ordered, 'done'],
    ['is done with anything paid for, where it is not known what was ordered', {}, null, 'done'],
  ] as const)('%s', (_name, part, order, progress) =>
    expect(progressOf(stands(part as Partial<Billing>), order)).toBe(progress),
  );
});
