import { editDistance } from './edit-distance.js';
import { maskDetails } from './mask-details.js';
import { growth, steep } from '../../../test/support/growth.js';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['kitten', 'sitting', 3],
    ['Hi Ada.', 'Hello Ada.', 4],
    ['a', '', 1],
    ['çğ', 'cğ', 1],
    ['😀a', 'a', 1],
  ])('%j to %j is %i', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
  });

  it('is bounded for long texts', () => {
    expect(editDistance('a b '.repeat(5_000), 'b c '.repeat(5_000))).toBeGreaterThan(1_000);
    const grown = growth((scale) => {
      expect(editDistance('x'.repeat(scale * 10_000), 'y'.repeat(scale * 10_000))).toBeGreaterThan(0);
    });
    expect(grown).toBeLessThan(steep);
  });
});

describe('maskDetails', () => {
  it('takes addresses and numbers of people out, and says which kinds', () => {
    const { text, masked } = maskDetails(
      'I am ada@example.com, +90 532 123 45 67, card 4111 1111 1111 1111, IBAN TR33 0006 1005 1978 6457 8413 26.',
    );
    expect(text).not.toMatch(/ada@|532|4111|0006/);
    expect([...masked].sort()).toEqual(['card', 'email', 'iban', 'phone']);
    expect(maskDetails('My order 12345 costs 19,90 and came on 5 May.')).toEqual({
      text: 'My order 12345 costs 19,90 and came on 5 May.',
      masked: [],
    });
  });
});
