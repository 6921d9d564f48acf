import { queryFor } from './passage-query.js';
import { readQuestion } from './read-question.js';
import { bestOf, tongueOf } from './search-passages.js';
import { abroadPlaces, neighbours, places, subjects, wares } from './trade-words.js';

const passage = (title: string, heading: string | null, text: string, question: string | null = null) => ({
  title,
  heading,
  text,
  question,
});
const knowledge = [
  passage('Shop', 'Returns', 'Goods can be returned within 30 days of delivery. Refunds are paid to your card.'),
  passage('Shop', 'Shipping', 'Standard shipping takes 3 days. We deliver to Germany, France and Italy.'),
  passage('Shop', 'Opening hours', 'We are open from 9:00 to 18:00 on weekdays.'),
  passage('FAQ', null, 'Yes, we wrap gifts for 3 EUR.', 'Do you offer gift wrapping?'),
  passage('Mağaza', 'İade', 'Ürünleri teslimattan sonra 14 gün içinde iade edebilirsiniz.'),
  passage('Mağaza', 'Kargo', 'Kargo 250 TL üzeri siparişlerde ücretsizdir. Teslimat 2 gün sürer.'),
  passage('SSS', null, 'Evet, kredi kartına 6 taksit yapıyoruz.', 'Taksit imkânı var mı?'),
];
/** The text of the best passage, or null where none fits. */
function best(question: string): string | null {
  const rows = knowledge.map((found) => ({ ...found, rank: 0 }));
  return bestOf(rows, readQuestion(question), tongueOf(question))[0]?.row.text ?? null;
}

describe('what fits a question', () => {
  it.each([
    ['Can I return my goods?', 'Goods can be returned'],
    ['What is your return policy?', 'Goods can be returned'],
    ['how long does shipping take', 'Standard shipping'],
    ['Do you deliver to FRANCE?', 'Standard shipping'],
    ['When are you open on weekdays?', 'We are open'],
    ['Hi there, I bought a nice green scarf for my sister last week. Is gift wrapping possible?', 'Yes, we wrap'],
    ['My address is a@b.example, order 4711223. Do you wrap gifts?', 'Yes, we wrap'],
    ['İade edebilir miyim?', 'Ürünleri teslimattan'],
    ['IADE SURESI KAC GUN', 'Ürünleri teslimattan'],
    ['ürünü iade etmek istiyorum', 'Ürünleri teslimattan'],
    ['Kargonuz ücretsiz mi?', 'Kargo 250'],
    ['Teslimat kaç gün sürer?', 'Kargo 250'],
    ['Kredi kartına taksit yapıyor musunuz?', 'Evet, kredi'],
    ['Taksit var mı', 'Evet, kredi'],
    // In other words, and about a country of the union.
    ['How do I send the goods back?', 'Goods can be returned'],
    ['When do I get my money back?', 'Goods can be returned'],
    ['What does wrapping a present cost?', 'Yes, we wrap'],
    ['Paketi ne zaman yollarsınız, kargo kaç gün?', 'Kargo 250'],
  ])('%s', (question, text) => expect(best(question)).toEqual(expect.stringContaining(text)));

  it.each([
    'What is the capital of France?',
    'Who painted the Mona Lisa?',
    'Can you repair my watch?',
    'How much does it cost?',
    'thanks',
    'ok',
    '👍',
    '???',
    '',
    'Do you sell bicycles in red?',
    'Bitcoin alabilir miyim?',
    'Hava nasıl bugün?',
    'Müdürünüzün adı nedir?',
    'Fiyatı ne kadar?',
    'teşekkürler',
    'Is your shop owner married to a French lawyer?',
    'Do you deliver pizza?',
    'Can I pay with shells?',
  ])('nothing: %s', (question) => expect(best(question)).toBeNull());
});

describe('what is looked for', () => {
  it('holds no operator of the customer, whatever is asked', () => {
    const hostile = `'); drop table passages; -- & | ! <-> :* \\ "refund" (a|b) \u0000 ' or 1=1 ; quux:* & zyx`;
    const term = String.raw`[\p{L}\p{N}]+(?::\*)?`;
    const group = `(?:${term}|\\(${term}(?:&${term})+\\))`;
    expect(queryFor(readQuestion(hostile))).toMatch(new RegExp(`^${group}(?: [|;] ${group})*$`, 'u'));
    expect(queryFor(readQuestion('?? !! the and of'))).toBeNull();
    const long = Array.from(
      { length: 5_000 },
      (_, index) => `word${String.fromCharCode(97 + (index % 26))}${String(index)}x`,
    ).join(' ');
    expect(queryFor(readQuestion(long))?.split(' ; ').length).toBeLessThanOrEqual(20);
  });

  it.each([
    ['Do you repair my warrenty?', 'warrant'],
    ['kargom nerde kaldı', 'kargo'],
    ['renginden memnun değilim', 'renk'],
    ['Do you ship to Rome?', 'european'],
  ])('%s looks for %s', (question, term) => expect(queryFor(readQuestion(question))).toContain(term));
});

describe('the words of trade', () => {
  it('hold nothing that a text query stumbles over', () => {
    const part = String.raw`[a-z]+\*?`;
    const sound = new RegExp(`^${part}(?:\\+${part})*$`, 'u');
    const columns = subjects
      .trim()
      .split('\n')
      .flatMap((line) => line.split('|').slice(1));
    const words = [...columns, wares, places, abroadPlaces].flatMap((list) => list.trim().split(/\s+/u));
    expect(words.filter((word) => word !== '' && !sound.test(word))).toEqual([]);
    expect(words.length).toBeGreaterThan(1_000);
  });

  it('name only subjects that there are', () => {
    const names = new Set(
      subjects
        .trim()
        .split('\n')
        .map((line) => line.split('|')[0]?.trim().replace('~', '')),
    );
    const near = neighbours
      .trim()
      .split('\n')
      .flatMap((line) => line.split(/[: ]+/u));
    expect(near.filter((name) => !names.has(name))).toEqual([]);
  });
});
