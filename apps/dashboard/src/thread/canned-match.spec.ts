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
});
