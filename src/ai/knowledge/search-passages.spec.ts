import { languageOf } from '../languages.js';
import { bestOf, readQuestion } from './search-passages.js';

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
  return bestOf(rows, readQuestion(question), languageOf(question))[0]?.row.text ?? null;
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
