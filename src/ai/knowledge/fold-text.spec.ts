import { foldText, indexText, sameStem, stemOf, wordsOf } from './fold-text.js';

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

  it('keeps every word as it is folded, and its stem beside it', () => {
    expect(indexText('İade süresi', null, 'iade')).toBe('iade suresi sure iade');
  });
});
