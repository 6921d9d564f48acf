import { readFileSync } from 'node:fs';
import { merchantNames } from '../merchants/merchant.js';
import { type PlanFile, PlanFileError, readPlanFile } from './plan-file.js';

const limits = 'limits: { SEATS: 1, CHANNELS: null, AI_REPLIES: 0, CONTACTS: 5, KNOWLEDGE_PASSAGES: 5 }';
const good = `
currency: EUR
interval: month
trial: { plan: team, days: 14 }
plans:
  - { code: solo, name: Solo, priceCents: 900, ${limits}, prices: { paddle: pri_solo } }
  - { code: team, name: Team, priceCents: 4900, ${limits}, includes: [no-name], prices: { paddle: pri_team } }
addOns:
  - { code: no-name, name: Without our name, priceCents: 100, prices: { paddle: pri_name } }
`;
const read = (text: string): PlanFile => readPlanFile(text, '/etc/plans.yaml', 'paddle');
function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof PlanFileError)) throw error;
    const [head = '', ...problems] = error.message.split('\n');
    expect(head).toContain('/etc/plans.yaml');
    expect(head).toContain(`${String(problems.length)} problem`);
    return problems.map((problem) => problem.replace('  - ', ''));
  }
  return [];
}

describe('the file of plans', () => {
  it('that comes along can be sold by every merchant', () => {
    const text = readFileSync('plans.yaml', 'utf8');
    for (const merchant of merchantNames) expect(readPlanFile(text, 'plans.yaml', merchant).plans.length).toBe(3);
  });

  it('is filled up with what is usual', () => {
    expect(read(good)).toMatchObject({
      graceDays: 14,
      records: { years: 10 },
      trial: { plan: 'team', days: 14, addOns: [] },
      plans: [{ code: 'solo', includes: [], retired: false }, { includes: ['no-name'] }],
    });
  });

  it.each([
    ['an unknown line', `${good}\ntrail: {}`, ['trail']],
    ['an unknown line of a plan', good.replace('name: Solo', 'name: Solo, seats: 4'), ['seats']],
    ['an unknown metric', good.replace('SEATS: 1', 'SEATS: 1, MESSAGES: 5'), ['MESSAGES']],
    ['a metric that is left out', good.replace('SEATS: 1, ', ''), ['SEATS']],
    ['a limit below zero', good.replace('SEATS: 1', 'SEATS: -1'), ['SEATS']],
    ['half a cent', good.replace('priceCents: 900', 'priceCents: 9.5'), ['priceCents']],
    ['a price in words', good.replace('priceCents: 900', 'priceCents: nine'), ['priceCents']],
    ['a price as a number', good.replace('pri_solo', '1001'), ['paddle']],
    ['no plans', good.replace(/trial:[^]*addOns:/, 'plans: []\naddOns:'), ['plans']],
    ['two plans of one code', good.replace('code: solo', 'code: team'), ['The code team']],
    ['a plan and an add-on of one code', good.replace('code: solo', 'code: no-name'), ['The code no-name']],
    ['one price for two', good.replace('pri_solo', 'pri_team'), ['The price pri_team']],
    ['no price at the merchant', good.replace('paddle: pri_solo', 'polar: prod_solo'), ['solo has no price at paddle']],
    ['an add-on without one', good.replace('paddle: pri_name', ''), ['no-name has no price at paddle']],
    ['a strange add-on', good.replace('[no-name]', '[whatsup]'), ['whatsup']],
    ['a trial of a strange plan', good.replace('plan: team', 'plan: teams'), ['teams']],
    ['a free plan that is none', `${good}\nfree: gratis`, ['gratis']],
    ['a currency in small letters', good.replace('EUR', 'eur'), ['currency']],
    ['a grace period that ends before its last mail', `${good}\ngraceDays: 6`, ['graceDays']],
    ['a list', '- 1\n- 2', ['the file']],
    ['nothing', '', ['the file']],
    ['a key twice', `${good}\ncurrency: USD`, ['unique']],
    ['no YAML', 'plans: [1, 2\ncurrency: }', ['']],
  ])('is refused with %s', (_, text, words) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    for (const word of words) expect(problems.join('\n')).toContain(word);
    // One mistake makes no second: nothing else is wrong with it.
    if (words[0] !== '' && !text.startsWith('-') && text !== '') expect(problems).toHaveLength(1);
  });

  it('is told every problem at once, also beside one that keeps a plan from being read', () => {
    const bad = good
      .replace('currency: EUR', 'currency: euro')
      .replace('priceCents: 900', 'priceCents: nine')
      .replace('plan: team', 'plan: nobody')
      .replace('pri_name', 'pri_team')
      .replace('includes: [no-name]', 'includes: [no-name, other]');
    const problems = problemsOf(bad);
    for (const word of ['currency', 'plans.0.priceCents', 'nobody', 'pri_team', 'other'])
      expect(problems.filter((problem) => problem.includes(word))).toHaveLength(1);
    expect(problems).toHaveLength(5);
  });

  it('may name a free plan that the merchant does not sell', () => {
    expect(problemsOf(`${good.replace('paddle: pri_solo', '')}\nfree: solo`)).toEqual([]);
  });
});
