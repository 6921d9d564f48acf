import { Global, Module } from '@nestjs/common';
import { Deliveries } from './deliveries.js';
import { DeliveryClaims } from './delivery-claims.js';
import { DeliveryHints } from './delivery-hints.js';
import { EraseDeliveries } from './erase-deliveries.js';
import { Intake } from './intake.js';

@Global()
@Module({
  providers: [Deliveries, DeliveryClaims, DeliveryHints, EraseDeliveries, Intake],
  exports: [Deliveries, EraseDeliveries, Intake],
})
export class DeliveriesModule {}
