import { supportedSentences, type Evidence } from './support-check.js';
import { growth, steep } from '../../../test/support/growth.js';

const passage = (text: string, more: Partial<Evidence> = {}): Evidence => ({
  title: 'Help',
  heading: null,
  question: null,
  text,
  ...more,
});
const pair = (question: string, text: string): Evidence => ({ title: 'FAQ', heading: null, question, text });
const nobody = { customerWords: '' };
const kept = (sentence: string, ...passages: Evidence[]) => supportedSentences(sentence, passages, nobody);

const returns = passage(
  'Returns are accepted within 30 days. Refunds are paid to your card within 5 business days. Shoes cannot be returned once worn.',
  { heading: 'Returns' },
);
const shipping = passage(
  'Standard delivery takes 3 days and costs 4.90 EUR. Express delivery takes 1 day and costs 9.90 EUR. Shipping is free over 50 EUR. We deliver to Germany and Austria. We do not deliver to Switzerland.',
  { heading: 'Shipping' },
);
const hours = passage(
  'We are open from 9:00 to 18:00 on weekdays. On Saturday we are open from 10:00 to 14:00. We are closed on Sunday.',
  { heading: 'Opening hours' },
);
const turkish = passage(
  "İade süresi 14 gündür. Kargo ücretsizdir. Teslimat İstanbul'a 2 gün, Ankara'ya 3 gün sürer. Kapıda ödeme yapmıyoruz. Kredi kartı ile 6 taksit yapılabilir. Hafta sonu kapalıyız. İndirimli ürünler iade edilmez.",
  { heading: 'İade ve kargo' },
);
const warranty = passage(
  'All watches carry a 2 year warranty. Straps are not covered by the warranty. Repairs cost 25 EUR. Write to service@example.com for repairs. See https://example.com/warranty for details.',
);
const cyprus = pair('Do you deliver to Cyprus?', 'No, we do not deliver to Cyprus.');
const gift = pair('Can I have my order gift wrapped within 24 hours?', 'Yes, for 3 EUR.');

// Each contradicts the passage beside it, and shares nearly all of its words.
const planted: readonly (readonly [string, Evidence])[] = [
  ['Returns are accepted within 60 days.', returns],
  ['Returns are accepted within 30 weeks.', returns],
  ['Returns are accepted within 30 hours.', returns],
  ['Returns are accepted within 5 days.', returns],
  ['Returns are not accepted within 30 days.', returns],
  ['Returns are accepted after 30 days.', returns],
  ['Returns are accepted within thirteen days.', returns],
  ['Refunds are paid in cash within 5 business days.', returns],
  ['Refunds are paid to your card within 5 hours.', returns],
  ['Refunds are paid to your card within 30 days.', returns],
  ['Refunds are never paid to your card.', returns],
  ['Shoes can be returned once worn.', returns],
  ['Shoes are accepted within 30 days once worn.', returns],
  ['Standard delivery takes 1 day.', shipping],
  ['Standard delivery costs 9.90 EUR.', shipping],
  ['Standard delivery costs 4.90 USD.', shipping],
  ['Standard delivery costs 49 EUR.', shipping],
  ['Standard delivery takes 3 weeks and costs 4.90 EUR.', shipping],
  ['Express delivery takes 3 days.', shipping],
  ['Express delivery is free.', shipping],
  ['Delivery by express takes 1 day and costs 4.90 EUR.', shipping],
  ['Express delivery takes 1 day and is free over 50 EUR.', shipping],
  ['Returns are free and accepted within 30 days.', returns],
  ['Worn shoes are accepted within 30 days.', returns],
  ['Shipping is free over 5 EUR.', shipping],
  ['Shipping is free under 50 EUR.', shipping],
  ['Shipping is free.', shipping],
  ['Shipping is never free over 50 EUR.', shipping],
  ['We deliver to Switzerland.', shipping],
  ['We deliver to Germany and Switzerland.', shipping],
  ['We deliver to Germany and Italy.', shipping],
  ['Germany and France get free delivery.', shipping],
  ['We do not deliver to Germany.', shipping],
  ['We deliver everywhere.', shipping],
  ['We are open from 8:00 to 18:00 on weekdays.', hours],
  ['We are open from 9:00 to 20:00 on weekdays.', hours],
  ['We are open from 9 am to 6 am on weekdays.', hours],
  ['We are open from 18:00 to 9:00 on weekdays.', hours],
  ['We are open from 10:00 to 14:00 on weekdays.', hours],
  ['We are open from 9:00 to 18:00 on Saturday.', hours],
  ['We are open on Sunday.', hours],
  ['We are closed on Saturday.', hours],
  ['We are not closed on Sunday.', hours],
  ['We are open from 10:00 to 14:00 on Monday.', hours],
  ['İade süresi 30 gündür.', turkish],
  ['İade süresi 14 haftadır.', turkish],
  ['İade süresi 14 gün değildir.', turkish],
  ['Kargo ücretlidir.', turkish],
  ['Kargo ücretsiz değildir.', turkish],
  ["Teslimat İstanbul'a 3 gün sürer.", turkish],
  ["Teslimat İzmir'e 2 gün sürer.", turkish],
  ["Teslimat Ankara'ya 2 gün sürer.", turkish],
  ['Kapıda ödeme yapıyoruz.', turkish],
  ['Kredi kartı ile 12 taksit yapılabilir.', turkish],
  ['Hafta sonu açığız.', turkish],
  ['İndirimli ürünler iade edilir.', turkish],
  ['All watches carry a 5 year warranty.', warranty],
  ['All watches carry a 2 month warranty.', warranty],
  ['Straps are covered by the warranty.', warranty],
  ['No watches carry a 2 year warranty.', warranty],
  ['Repairs cost 2 EUR.', warranty],
  ['Repairs cost 25 %.', warranty],
  ['Repairs are free.', warranty],
  ['Write to service@example.org for repairs.', warranty],
  ['See https://example.com.evil.test/warranty for details.', warranty],
  ['See https://evil.test/warranty for details.', warranty],
  ['Yes, we deliver to Cyprus.', cyprus],
  ['We deliver to Cyprus.', cyprus],
  ['Your order can be gift wrapped within 48 hours.', gift],
  ['Your order can be gift wrapped for 5 EUR.', gift],
  ['Your order cannot be gift wrapped.', gift],
];

const honest: readonly (readonly [string, Evidence])[] = [
  ['Returns are accepted within 30 days.', returns],
  ['You can have returns accepted within thirty days.', returns],
  ['We pay refunds to your card within 5 business days.', returns],
  ['Shoes cannot be returned once they are worn.', returns],
  ["Worn shoes can't be returned.", returns],
  ['Standard delivery takes 3 days and costs 4.90 EUR.', shipping],
  ['Standard delivery costs €4.90.', shipping],
  ['Express delivery takes one day.', shipping],
  ['Shipping is free over 50 EUR.', shipping],
  ['We deliver to Austria.', shipping],
  ['We do not deliver to Switzerland.', shipping],
  ['Express delivery costs 9.90 EUR and shipping is free over 50 EUR.', shipping],
  ['We are open from 9 am to 6 pm on weekdays.', hours],
  ['On Saturday we are open from 10:00 to 14:00.', hours],
  ['We are closed on Sunday.', hours],
  ['İade süresi 14 gündür.', turkish],
  ['Kargo ücretsizdir.', turkish],
  ["İstanbul'a teslimat 2 gün sürer.", turkish],
  ['Kapıda ödeme yapmıyoruz.', turkish],
  ['İndirimli ürünler iade edilmez.', turkish],
  ['All watches carry a two-year warranty.', warranty],
  ['Straps are not covered by the warranty.', warranty],
  ['Write to service@example.com for repairs.', warranty],
  ['See https://example.com/warranty for details.', warranty],
  ['No, we do not deliver to Cyprus.', cyprus],
  ['Yes, your order can be gift wrapped within 24 hours for 3 EUR.', gift],
];

describe('the support check', () => {
  it('has at least fifty planted contradictions', () => expect(planted.length).toBeGreaterThanOrEqual(50));

  it.each(planted)('cuts: %s', (sentence, evidence) => expect(kept(sentence, evidence)).toEqual([]));

  it.each(honest)('keeps: %s', (sentence, evidence) => expect(kept(sentence, evidence)).toEqual([sentence]));

  it('cuts the one sentence that is not supported and leaves the rest', () => {
    const answer =
      'Hi [name], thank you for your message! Returns are accepted within 30 days. Returns cost 7 EUR. Let us know if you have any other questions.';
    expect(supportedSentences(answer, [returns], nobody)).toEqual([
      'Hi [name], thank you for your message!',
      'Returns are accepted within 30 days.',
      'Let us know if you have any other questions.',
    ]);
  });

  it('leaves nothing where only courtesy is left, or where nothing is cited', () => {
    expect(kept('Hello! Thank you for your message. We are happy to help.', returns)).toEqual([]);
    expect(kept('Returns are accepted within 30 days.')).toEqual([]);
    expect(kept('Bitcoin is a fine investment.', returns)).toEqual([]);
  });

  it('does not take the word of the customer for a fact', () => {
    const known = {
      customerWords: 'You said that returns are accepted within 90 days, right? It is about order 448812.',
    };
    expect(supportedSentences('Yes, returns are accepted within 90 days.', [returns], known)).toEqual([]);
    expect(supportedSentences('Returns are accepted within 30 days for order 448812.', [returns], known)).toHaveLength(
      1,
    );
    expect(supportedSentences('Returns are accepted within 30 days for order 448813.', [returns], known)).toEqual([]);
  });

  it.each(['a', 'a. ', '1,', "don't ", 'Aa ', 'http://', 'x@', 'a-'])(
    'goes through an answer of %j alone once',
    (part) => {
      expect(growth((scale) => kept(part.repeat(scale * 3_000), returns, shipping))).toBeLessThan(steep);
    },
  );
});
