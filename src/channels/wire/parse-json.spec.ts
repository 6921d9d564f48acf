import { jsonLimits, parseJson } from './parse-json.js';
import { growth, steep } from '../../../test/support/growth.js';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parsing what a stranger sent', () => {
  it('keeps ids that no number can hold, and leaves everything else alone', () => {
    expect(
      parse('{"id":17841400000000000000001,"small":42,"minus":-9007199254740993,"list":[1234567890123456,1]}'),
    ).toEqual({
      id: '17841400000000000000001',
      small: 42,
      minus: '-9007199254740993',
      list: ['1234567890123456', 1],
    });
    expect(parse('{"latitude":41.0123456789012345678,"big":1e400,"exponent":1.5e3}')).toEqual({
      latitude: 41.012345678901234,
      big: Infinity,
      exponent: 1500,
    });
  });

  it('does not touch digits inside of texts, whatever stands around them', () => {
    const text = String.raw`{"text":"call :12345678901234567890, or \"98765432109876543210\" \\","next":12345678901234567890}`;
    expect(parse(text)).toEqual({
      text: 'call :12345678901234567890, or "98765432109876543210" \\',
      next: '12345678901234567890',
    });
  });

  it('takes __proto__ for a key like any other', () => {
    const parsed = parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as object;
    expect(Object.hasOwn(parsed, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect((parsed as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses depth and keys over the limit, and reads no further', () => {
    expect(() => parse('['.repeat(5_000) + ']'.repeat(5_000))).toThrow('nested deeper');
    const keys = Array.from({ length: 250_000 }, () => '"a":1').join(',');
    const texts = { 1: `{${keys}}`, 4: `{${keys},${keys},${keys},${keys}}` };
    const grown = growth((scale) => {
      expect(() => parse(texts[scale])).toThrow('more than 40000 keys');
    });
    expect(grown).toBeLessThan(steep);
    const deep = '['.repeat(jsonLimits.depth) + ']'.repeat(jsonLimits.depth);
    expect(() => parse(deep)).not.toThrow();
  });

  it.each(['', 'null', '12', '"text"', '[1]', '{"a":1}'])('gives what JSON.parse gives for %j', (text) => {
    if (text === '') expect(() => parse(text)).toThrow('not JSON');
    else expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{',
    '{"a":}',
    '{"a":1,}',
    '{"a":"',
    '{"a":"\\',
    '\ufeff{}',
    'undefined',
    '{"a":01}',
    '-',
    '1234567890123456-7',
  ])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow('not JSON');
  });
});
