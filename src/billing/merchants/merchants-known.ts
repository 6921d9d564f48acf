import { Injectable } from '@nestjs/common';
import { Config, merchantNamed } from '../../platform/config/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { MerchantInUse } from './merchant-in-use.js';
import type { Merchant, MerchantName } from './merchant.js';
import { merchantOf } from './merchants.js';

/**
 * The merchants that can be reached: the one in use, and those whose keys are still set. What was sold through one that is
 * in use no more has to end there.
 */
@Injectable()
export class MerchantsKnown {
  constructor(
    private readonly config: Config,
    private readonly outgoing: OutgoingClient,
    private readonly inUse: MerchantInUse,
  ) {}

  /** Null where there is no key for it. */
  of(name: MerchantName): Merchant | null {
    if (this.inUse.merchant?.name === name) return this.inUse.merchant;
    const settings = merchantNamed(name, this.config.environment, this.config.sandbox);
    return settings === null ? null : merchantOf(name, settings, this.outgoing);
  }
}
