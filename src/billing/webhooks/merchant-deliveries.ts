import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Applied,
  Deliveries,
  type Delivery,
  type DeliverySource,
  type SetAside,
} from '../../platform/deliveries/index.js';
import type { Merchant, MerchantEvent } from '../merchants/merchant.js';
import { MerchantInUse } from '../merchants/merchant-in-use.js';
import { ApplyMerchantEvent } from './apply-merchant-event.js';
import { billingEvents } from './counters.js';

/** Applies what the merchant of record sent, one event after the other. */
@Injectable()
export class MerchantDeliveries implements OnModuleInit {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly inUse: MerchantInUse,
    private readonly applying: ApplyMerchantEvent,
  ) {}

  onModuleInit(): void {
    const { merchant } = this.inUse;
    if (merchant === null) return;
    const source: DeliverySource = { provider: merchant.name, apply: (batch) => this.apply(merchant, batch) };
    this.deliveries.register(source);
  }

  private async apply(merchant: Merchant, batch: readonly Delivery[]): Promise<Applied> {
    const failed = new Map<string, unknown>();
    const setAside: SetAside[] = [];
    for (const { id: deliveryId, body } of batch) {
      try {
        const outcome = await this.applyOne(merchant, body);
        billingEvents.inc({ provider: merchant.name, outcome: outcome.kind });
        if (outcome.kind === 'set-aside')
          setAside.push({ deliveryId, workspaceId: outcome.workspaceId, reason: outcome.reason, body });
      } catch (error) {
        failed.set(deliveryId, error);
      }
    }
    return { failed, setAside };
  }

  private async applyOne(merchant: Merchant, body: Buffer) {
    let event: MerchantEvent;
    try {
      event = merchant.read(body);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'it is no event';
      return { kind: 'set-aside', workspaceId: null, reason } as const;
    }
    return this.applying.run(merchant.name, event);
  }
}
