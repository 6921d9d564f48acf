import type { PlanPartsFragment } from '../../api/documents.js';
import { choiceOf } from './choice-of.js';
import type { Billing } from './use-billing.js';

const plan: PlanPartsFragment = {
  code: 'team',
  name: 'Team',
  priceCents: 4_900,
  currency: 'EUR',
  interval: 'month',
  includes: ['remove-branding'],
  addOnPrices: [],
  limits: [],
};
const stands = (part: Partial<Billing>) =>
  ({ status: 'ACTIVE', provider: 'paddle', addOns: ['remove-branding'], plan, ...part }) as unknown as Billing;

describe('what pressing a plan does', () => {
  it.each([
    ['buys in a trial, of this plan too', { status: 'TRIALING', provider: null }, [], 'buy'],
    ['buys where it has ended', { status: 'EXPIRED' }, [], 'buy'],
    ['buys where there is none', { status: 'NONE', provider: null }, [], 'buy'],
    ['nothing, where it stands so already', {}, [], 'has'],
    ['changes what goes with it', {}, ['whatsapp'], 'changeAddOns'],
    ['takes away what went with it', { addOns: ['remove-branding', 'whatsapp'] }, [], 'changeAddOns'],
    ['nothing, where the same goes with it', { addOns: ['whatsapp', 'remove-branding'] }, ['whatsapp'], 'has'],
    ['changes another plan to it', { plan: { ...plan, code: 'starter' } }, [], 'change'],
    ['changes after a failed payment', { plan: { ...plan, code: 'starter' }, status: 'PAST_DUE' }, [], 'change'],
    ['has what was cancelled resumed first', { status: 'CANCELED' }, [], 'resume'],
    ['has what is paused resumed first', { status: 'PAUSED' }, [], 'resume'],
  ] as const)('%s', (_name, part, addOns, choice) =>
    expect(choiceOf(plan, addOns, stands(part as Partial<Billing>))).toBe(choice),
  );
});
