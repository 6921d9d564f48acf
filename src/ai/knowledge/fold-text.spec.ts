import { foldText, indexText, queryWords, sameStem, stemOf, toQuery, wordsOf } from './fold-text.js';

describe('folding', () => {
  it.each([
    ['İADE', 'iade'],
    ['ısı', 'isi'],
    ['IŞIK', 'isik'],
    ['Straße', 'strasse'],
    ['Müşteri', 'musteri'],
    ['café', 'cafe'],
    ['Çözüm', 'cozum'],
    ['ﬁsh', 'fish'],
    ['Ｆｕｌｌ', 'full'],
  ])('%s is %s', (text, folded) => expect(foldText(text)).toBe(folded));

  it('takes what follows an apostrophe as an ending', () => {
    expect(wordsOf("Ankara'ya, İzmir’e; what's new? 5'li")).toEqual(['ankara', 'izmir', 'what', 'new', '5', 'li']);
  });

  it.each([
    ['iadeyi', 'iade'],
    ['iadeleriniz', 'iade'],
    ['kargonuz', 'kargoyu'],
    ['siparişim', 'siparişiniz'],
    ['teslimatlar', 'teslimatı'],
    ['değişim', 'değişiklik'],
    ['returns', 'returned'],
    ['deliveries', 'delivery'],
    ['shipping', 'ships'],
    ['payments', 'payment'],
    ['mağazanız', 'mağazalarımız'],
    ['cancel', 'cancellation'],
  ])('%s and %s are forms of one word', (one, other) => {
    const [a, b] = [wordsOf(one)[0]!, wordsOf(other)[0]!].map(stemOf);
    expect(sameStem(a!, b!) || a!.slice(0, 5) === b!.slice(0, 5)).toBe(true);
  });

  it.each([
    ['kargo', 'karton'],
    ['return', 'repair'],
    ['watch', 'water'],
    ['30', '300'],
    ['berlin', 'bern'],
    ['iade', 'ide'],
  ])('%s and %s are not', (one, other) => {
    expect(sameStem(stemOf(one), stemOf(other))).toBe(false);
  });

  it('makes a query that holds no operator, whatever is asked', () => {
    const hostile = `'); drop table passages; -- & | ! <-> :* \\ "refund" (a|b) \u0000 ' or 1=1`;
    const query = toQuery(queryWords(hostile));
    expect(query).toMatch(/^[\p{L}\p{N}]+(?::\*)?(?: \| [\p{L}\p{N}]+(?::\*)?)*$/u);
    expect(toQuery(queryWords('?? !! the and of'))).toBeNull();
    expect(queryWords(words(500)).length).toBe(24);
    expect(indexText('İade süresi', null, 'iade')).toBe('iade suresi sure iade');
  });
});

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${String(index)}`).join(' ');
