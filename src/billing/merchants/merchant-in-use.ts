import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import type { Merchant } from './merchant.js';
import { merchantOf } from './merchants.js';

/** The merchant of record that this deployment sells through; null where nothing is sold. */
@Injectable()
export class MerchantInUse {
  readonly merchant: Merchant | null;

  constructor({ merchant }: Config, outgoing: OutgoingClient) {
    this.merchant = merchant === null ? null : merchantOf(merchant.name, merchant, outgoing);
  }
}
