import { z } from 'zod';

/** What a million tokens cost, in cents. */
export interface ModelPrices {
  readonly prompt: number;
  readonly completion: number;
}

const price = /^\d{1,7}(?:\.\d{1,6})?$/;

/** The prices in `name=sent/come back,…`; null where it is written otherwise. A name may hold everything but a comma. */
export function pricesIn(text: string): ReadonlyMap<string, ModelPrices> | null {
  const prices = new Map<string, ModelPrices>();
  for (const entry of text.split(',')) {
    const at = entry.lastIndexOf('=');
    const name = entry.slice(0, Math.max(at, 0)).trim();
    const [prompt = '', completion = '', ...more] = entry
      .slice(at + 1)
      .split('/')
      .map((part) => part.trim());
    if (name === '' || more.length > 0 || !price.test(prompt) || !price.test(completion)) return null;
    prices.set(name, { prompt: Number(prompt), completion: Number(completion) });
  }
  return prices;
}

/** The variable, as it is checked at the start. */
export const modelPrices = z
  .string()
  .refine((text) => pricesIn(text) !== null, {
    message: 'must be like gpt-5-mini=25/200,my-model=10/40: cents for a million tokens sent, and come back',
  })
  .optional()
  .describe(
    'what models of this deployment cost, comma-separated: name=cents for a million tokens that are sent/that come back; goes before the list prices that the program knows, which may be out of date',
  );
