import { assumedCostOf, costOf, dearestPrices, listPriceOf } from './prices.js';

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

describe('what an operator says of prices', () => {
  it('goes by the name of the model, and of its dated versions', () => {
    const operator = new Map([['gpt-5-mini', { prompt: 30, completion: 240 }]]);
    expect(listPriceOf('gpt-5-mini-2025-08-07', operator)).toEqual({ prompt: 30, completion: 240 });
    expect(listPriceOf('gpt-5', operator)).toBeNull();
  });
});

describe('what a call of unknown price counts against a budget', () => {
  const dearest = dearestPrices(new Map([['gold', { prompt: 7_000, completion: 10 }]]));
  const used = { promptTokens: 1_000_000, completionTokens: 1_000_000 };

  it('is the dearest that anybody knows, each way', () => {
    expect(dearest).toEqual({ prompt: 7_000, completion: 1_000 });
    expect(assumedCostOf({ prices: null, dearest }, used)).toBe(8_000);
  });

  it('is nothing where the cost is known', () => {
    expect(assumedCostOf({ prices: { prompt: 1, completion: 1 }, dearest }, used)).toBe(0);
    expect(assumedCostOf({ prices: { prompt: 0, completion: 0 }, dearest }, used)).toBe(0);
  });

  it('is reckoned by the length where the server does not say what it used, and nothing came to nothing', () => {
    const silent = { promptTokens: 0, completionTokens: 0 };
    const said = { ...silent, words: { sent: 'x'.repeat(1_999_998), content: 'y'.repeat(2_000_000) } };
    expect(assumedCostOf({ prices: null, dearest }, said)).toBe(8_000);
    expect(assumedCostOf({ prices: { prompt: 100, completion: 100 }, dearest }, said)).toBe(200);
    expect(assumedCostOf({ prices: null, dearest }, { ...silent, words: { sent: 'x', content: null } })).toBe(0);
  });
});
