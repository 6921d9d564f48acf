import { around, hitsIn } from './highlight.js';

const hits = (text: string, query: string) =>
  hitsIn(text, query)
    .filter(({ hit }) => hit)
    .map((piece) => piece.text);

describe('what was found in a text', () => {
  it.each([
    ['Siparişim için İADE istiyorum', 'iade', ['İADE']],
    ['ıade mi iade mi?', 'İADE', ['ıade', 'iade']],
    ['Jürgen Weiß fragt', 'jurgen', ['Jürgen']],
    ['IŞIK ve ışık', 'isik', ['IŞIK', 'ışık']],
    ['delivery, deliveries', 'deliver', ['deliver', 'deliver']],
    ['undelivered', 'deliver', []],
    ['order #4711 and 4712', '#4711', ['4711']],
    ['إرجاع الطلب', 'ارجاع', ['إرجاع']],
    ['both words', 'words both', ['both', 'words']],
    ['nothing', '', []],
    ['nothing', '!!', []],
  ])('%j by %j', (text, query, found) => expect(hits(text, query)).toEqual(found));

  it('is the text again when it is put together', () => {
    for (const text of ['a İ b', '👍🏽 iade 👍🏽', '<b>iade</b>', 'ﬁ ß ŉ iade', 'é́ iade', '']) {
      expect(
        hitsIn(text, 'iade b')
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
    }
    expect(hits('👍🏽 iade 👍🏽', 'iade')).toEqual(['iade']);
  });
});

describe('the part around the hit', () => {
  const long = `${'word '.repeat(100)}iade ${'tail '.repeat(100)}`;
  it('holds it, and is short', () => {
    const part = around(long, 'İade');
    expect(part).toContain('iade');
    expect(part.length).toBeLessThan(200);
    expect(part.startsWith('…word')).toBe(true);
    expect(part.endsWith('…')).toBe(true);
  });
  it('is the beginning where nothing is found, and all of what is short', () => {
    expect(around(long, 'nowhere').startsWith('word word')).toBe(true);
    expect(around('short', 'x')).toBe('short');
  });
});
