import { cannedQuery, matchCanned } from './canned-match.js';

describe('cannedQuery', () => {
  it.each([
    ['/', ''],
    ['/iade', 'iade'],
    ['/two words', null],
    ['a /iade', null],
    ['//', null],
    ['', null],
  ])('%j: %j', (text, query) => expect(cannedQuery(text)).toBe(query));
});

describe('matchCanned', () => {
  const all = [
    { shortcut: 'hours', text: 'Open from 9 to 18' },
    { shortcut: 'İade', text: 'Within 14 days' },
    { shortcut: '/kargo', text: 'Two days' },
    { shortcut: 'returns', text: 'About iade as well' },
  ];
  const shortcuts = (query: string) => matchCanned(all, query).map(({ shortcut }) => shortcut);

  it('finds by beginning, by letters in order, by text, in this order', () => {
    expect(shortcuts('ia')).toEqual(['İade', 'returns']);
    expect(shortcuts('krg')).toEqual(['/kargo']);
    expect(shortcuts('xyz')).toEqual([]);
  });

  it.each(['iade', 'İADE', 'ıade', 'IADE'])('folds the Turkish i of %s', (query) =>
    expect(shortcuts(query)[0]).toBe('İade'),
  );

  it('offers no more than asked for, among very many', () => {
    const many = Array.from({ length: 5000 }, (_, number) => ({ shortcut: `r${number}`, text: '' }));
    expect(matchCanned(many, 'r', 8)).toHaveLength(8);
  });

  it('prefers the better one wherever it stands among them', () => {
    const letters = [...'abcdefghi'].map((letter) => ({ shortcut: `${letter}-x-y`, text: 'xy' }));
    const many = [...letters, { shortcut: 'xy-last', text: '' }, { shortcut: 'zzz', text: 'about xy' }];
    const found = matchCanned(many, 'xy', 4).map(({ shortcut }) => shortcut);
    expect(found).toEqual(['xy-last', 'a-x-y', 'b-x-y', 'c-x-y']);
    expect(matchCanned(many, 'about', 4).map(({ shortcut }) => shortcut)).toEqual(['zzz']);
    expect(matchCanned(many, '', many.length)).toHaveLength(many.length);
  });

  it('folds each of thousands once, and those of another list anew', () => {
    const looked = { shortcuts: 0, texts: 0 };
    const counting = (number: number) => ({
      get shortcut() {
        looked.shortcuts += 1;
        return `r${String(number)}`;
      },
      get text() {
        looked.texts += 1;
        return 'words';
      },
    });
    const many = Array.from({ length: 1000 }, (_, number) => counting(number));
    matchCanned(many, 'nothing like it');
    matchCanned(many, 'nothing like this');
    expect(looked).toEqual({ shortcuts: 1000, texts: 1000 });
    matchCanned([...many], 'r1');
    expect(looked.shortcuts).toBe(2000);
  });
});
