import { contactQuery, textQuery } from './text-query.js';

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

describe('what is looked for among people', () => {
  it.each([
    ['+90 (555) 123-45.67', "'905551234567':* | "],
    ['0555 123 45 67', "'5551234567':* | "],
    ['0090 555', "'90555':* | "],
  ])('a number, however it is grouped: %s', (typed, begins) => {
    expect(contactQuery(typed)).toBe(`${begins}(${String(textQuery(typed))})`);
  });

  it.each(['Ada', '12', 'flat 12345', 'a@example.com', '', '   '])('words are what they are: %j', (typed) => {
    expect(contactQuery(typed)).toBe(textQuery(typed));
  });
});
