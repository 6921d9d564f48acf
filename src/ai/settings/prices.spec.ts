import { costOf, listPriceOf } from './prices.js';

describe('what a call costs', () => {
  it('is reckoned by the million, for a model and for its dated versions', () => {
    const prices = listPriceOf('gpt-5-mini');
    expect(costOf(prices, { promptTokens: 1_000_000, completionTokens: 500_000 })).toBe(125);
    expect(listPriceOf('gpt-5-mini-2025-08-07')).toBe(prices);
    expect(costOf(prices, { promptTokens: 0, completionTokens: 0 })).toBeNull();
  });

  it.each(['llama-3', 'gpt-5-mini-pro', '', 'constructor', '__proto__'])('is not known for %s', (model) => {
    expect(listPriceOf(model)).toBeNull();
    expect(costOf(listPriceOf(model), { promptTokens: 5, completionTokens: 5 })).toBeNull();
  });
});
