import type { PlanPartsFragment } from '../../api/documents.js';
import { moneyWords, sumOf } from './prices.js';

const addOn = (code: string, priceCents: number) => ({ code, name: code, priceCents });
const plan: PlanPartsFragment = {
  code: 'team',
  name: 'Team',
  priceCents: 4_900,
  currency: 'EUR',
  interval: 'month',
  includes: ['remove-branding'],
  addOnPrices: [addOn('whatsapp', 1_500), addOn('remove-branding', 900)],
  limits: [],
};

describe('prices', () => {
  it.each([
    ['en', '€49.00'],
    ['tr', '€49,00'],
    ['ar', '‏49.00 €'],
  ])('are written as the reader’s region does: %s', (language, written) =>
    expect(moneyWords(4_900, 'EUR', language).replace(/\u00a0/gu, ' ')).toBe(written),
  );

  it('stand as they are written where no such currency is known', () =>
    expect(moneyWords(4_900, '<b>', 'en')).toBe('49.00 <b>'));

  it('are those of the plan and of what goes with it, and of nothing that is in it already', () => {
    expect(sumOf(plan, [])).toBe(4_900);
    expect(sumOf(plan, ['whatsapp', 'remove-branding', 'of-another-plan'])).toBe(6_400);
  });
});
