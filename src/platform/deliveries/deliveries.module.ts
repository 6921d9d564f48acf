import { Global, Module } from '@nestjs/common';
import { Deliveries } from './deliveries.js';
import { DeliveryHints } from './delivery-hints.js';
import { Intake } from './intake.js';

@Global()
@Module({ providers: [Deliveries, DeliveryHints, Intake], exports: [Deliveries, Intake] })
export class DeliveriesModule {}
