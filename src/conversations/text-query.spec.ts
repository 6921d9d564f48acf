import { textQuery } from './text-query.js';

it.each([
  ['hello', `'hello':*`],
  ['  Hello   big world ', `'Hello' & 'big' & 'world':*`],
  ["don't stop", `('don''t' | ('don' & 't')) & 'stop':*`],
  ['joe@example.com', `('joe@example.com':* | ('joe' & 'example' & 'com':*))`],
  ["a | b & !c <-> (d:*) '", `'a' & 'b' & ('!c' | ('c')) & ('(d:*)':* | ('d':*))`],
  ['back\\slash', `('back\\\\slash':* | ('back' & 'slash':*))`],
])('makes of %j %s', (typed, query) => {
  expect(textQuery(typed)).toBe(query);
});

it.each(['', '   ', '&|!', "'", '\u0000', '<->'])('finds nothing to search for in %j', (typed) => {
  expect(textQuery(typed)).toBeNull();
});

it('takes no more than a few words, none of them endless, and no half of a pair', () => {
  const query = textQuery(`${'x'.repeat(300)} ${Array.from({ length: 30 }, () => 'y').join(' ')} 😀a`) ?? '';
  expect(query.split(' & ')).toHaveLength(8);
  expect(query.length).toBeLessThan(200);
  expect(query.isWellFormed()).toBe(true);
});
