import type { PlanPartsFragment } from '../../api/documents.js';
import { clash, conflictsOf } from './conflicts.js';
import type { Billing } from './use-billing.js';

const plan: PlanPartsFragment = {
  code: 'starter',
  name: 'Starter',
  priceCents: 1_900,
  currency: 'EUR',
  interval: 'month',
  includes: ['remove-branding'],
  addOnPrices: [{ code: 'whatsapp', name: 'WhatsApp', priceCents: 1_500 }],
  limits: [
    { metric: 'SEATS', limit: 2 },
    { metric: 'CHANNELS', limit: 3 },
    { metric: 'CONTACTS', limit: null },
  ],
};
const on = (...addOns: string[]) => ({ addOns }) as unknown as Billing;
const seats = { metric: 'SEATS', used: 3, limit: 2, frozen: ['Grace'] } as const;

describe('what a plan would have no room for', () => {
  it('is what the server says', () => {
    const conflicts = conflictsOf(plan, ['whatsapp'], [{ ...seats, frozen: [...seats.frozen] }], on('whatsapp'));
    expect(conflicts).toEqual({ tooMuch: [seats], goesOff: [] });
    expect(clash(conflicts)).toBe(true);
  });

  it('names what goes off with it, but not what is in it', () => {
    const conflicts = conflictsOf(plan, [], [], on('remove-branding', 'whatsapp', 'of-before'));
    expect(conflicts).toEqual({ tooMuch: [], goesOff: ['WhatsApp', 'of-before'] });
    expect(clash(conflicts)).toBe(true);
  });

  it('is nothing where all fits', () => expect(clash(conflictsOf(plan, [], [], on('remove-branding')))).toBe(false));
});
