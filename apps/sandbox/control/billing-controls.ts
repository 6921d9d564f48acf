import type { Billing } from '../billing/billing.ts';
import {
  addSubscription,
  billingEvents,
  billingState,
  holdEvents,
  payCheckout,
  sendEvents,
  setPrice,
  stepOf,
} from './billing.ts';
import type { AddControl } from './routes.ts';

/** The part of the control API that moves the merchants of record, under /_sandbox/billing. */
export function billingControls(at: AddControl, billing: Billing): void {
  at('GET', '/billing', () => billingState(billing));
  at('POST', '/billing/prices', (input) => setPrice(billing, input));
  at('POST', '/billing/pay', (input) => payCheckout(billing, input));
  at('POST', '/billing/subscriptions', (input) => addSubscription(billing, input), 201);
  at('POST', '/billing/subscriptions/:id/:step', (input, request) =>
    stepOf(billing, request.params as Record<string, string>, input),
  );
  at('POST', '/billing/hold', (input) => holdEvents(billing, input));
  at('GET', '/billing/events', (input) => billingEvents(billing, input));
  at('POST', '/billing/events/send', (input) => sendEvents(billing, input));
}
