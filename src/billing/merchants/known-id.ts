import { MerchantError } from './merchant.js';
import { wireId } from './wire.js';

/** An id that may become part of an address; throws for what no merchant would have given. */
export function knownId(id: string): string {
  if (!wireId.safeParse(id).success) throw new MerchantError('refused', 'That is no id of a merchant.');
  return id;
}

/** The one price of an order, for merchants whose subscriptions hold no more. */
export function onePrice(prices: readonly string[], merchant: string): string {
  const [price, ...more] = prices;
  if (price === undefined || more.length > 0)
    throw new MerchantError('refused', `A subscription at ${merchant} is to one thing. Sell each on its own.`);
  return price;
}
