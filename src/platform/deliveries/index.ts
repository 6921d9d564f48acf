export { DeliveriesModule } from './deliveries.module.js';
export { Deliveries } from './deliveries.js';
export { Intake, IntakeUnavailable, deliveryBodies } from './intake.js';
export type { Applied, Delivery, DeliverySource, SetAside } from './delivery-source.js';
export { listUnowned, unownedDays } from './unowned-events.js';
export { type DeliveryChoice, type KnownDelivery, SetAsideDeliveries } from './set-aside-deliveries.js';
export { EraseDeliveries } from './erase-deliveries.js';
