import type { MerchantSettings } from '../../platform/config/index.js';
import type { OutgoingClient } from '../../platform/http/index.js';
import { LemonSqueezy } from './lemon-squeezy/lemon-squeezy.js';
import type { Merchant, MerchantName } from './merchant.js';
import { Paddle } from './paddle/paddle.js';
import { Polar } from './polar/polar.js';

const merchants: Readonly<
  Record<MerchantName, new (settings: MerchantSettings, outgoing: OutgoingClient) => Merchant>
> = { paddle: Paddle, lemonsqueezy: LemonSqueezy, polar: Polar };

/** The merchant of that name, reached by those settings. */
export function merchantOf(name: MerchantName, settings: MerchantSettings, outgoing: OutgoingClient): Merchant {
  return new merchants[name](settings, outgoing);
}
