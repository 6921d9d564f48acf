import { fits, fold } from './fold.js';

describe('fold', () => {
  it.each([
    ['İADE', 'iade'],
    ['IADE', 'iade'],
    ['ıade', 'iade'],
    ['Çağrı ŞÜKRÜ', 'cagri sukru'],
    ['Jürgen Weiß', 'jurgen weiß'],
    ['أُغلِقَت', 'اغلقت'],
    ['مـرحـبا', 'مرحبا'],
    ['مدينة', 'مدينه'],
    ['على', 'علي'],
  ])('%s: %s', (text, folded) => expect(fold(text)).toBe(folded));

  it('folds both sides of a search alike, however they were typed', () => {
    const writings = ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul', 'İSTANBUL', 'i̇stanbul'];
    expect(new Set(writings.map(fold))).toEqual(new Set(['istanbul']));
  });
});

describe('fits', () => {
  it.each([
    ['', 'Resolve', 0],
    ['res', 'Resolve', 0],
    ['me', 'Assign to me', 1],
    ['assign me', 'Assign to me', 1],
    ['solve', 'Resolve', 2],
    ['rslv', 'Resolve', 4],
    ['x', 'Resolve', null],
    ['assign nobody', 'Assign to me', null],
    ['cozuldu', 'Çözüldü', 0],
    ['KISI', 'Kişiler', 0],
    ['kişi', 'KİŞİLER', 0],
  ])('“%s” in %s: %s', (typed, text, score) => expect(fits(typed, text)).toBe(score));

  it('prefers the start of a text to the start of a word, and that to its inside', () => {
    const texts = ['Unassign', 'Do assign', 'Assign'];
    expect([...texts].sort((a, b) => (fits('assign', a) ?? 9) - (fits('assign', b) ?? 9))).toEqual([
      'Assign',
      'Do assign',
      'Unassign',
    ]);
  });
});
