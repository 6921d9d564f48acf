import { pricesIn } from './model-prices.js';

describe('what an operator says of prices', () => {
  it('is a list of names with two numbers each', () => {
    expect(Object.fromEntries(pricesIn(' gpt-5-mini=30/240, meta-llama/llama-3:8b=0/0.5,local=0 / 0') ?? [])).toEqual({
      'gpt-5-mini': { prompt: 30, completion: 240 },
      'meta-llama/llama-3:8b': { prompt: 0, completion: 0.5 },
      local: { prompt: 0, completion: 0 },
    });
  });

  it.each(['', 'gpt-5', 'gpt-5=1', 'gpt-5=1/2/3', '=1/2', 'gpt-5=-1/2', 'gpt-5=1e3/2', 'gpt-5=1/2,'])(
    'is refused where it is written otherwise: %j',
    (text) => expect(pricesIn(text)).toBeNull(),
  );
});
