import { Counter } from 'prom-client';

/** Calls of the merchant of record by what became of them: stored, refused (signature), unavailable. */
export const billingCalls = new Counter({
  name: 'parley_billing_calls_total',
  help: 'Webhook calls of the merchant of record, by outcome.',
  labelNames: ['provider', 'outcome'],
});

/** Its events by what became of them: applied, older (something newer was known), asked (the merchant is asked), set-aside, gone (its workspace is), other (about nothing of ours). */
export const billingEvents = new Counter({
  name: 'parley_billing_events_total',
  help: 'Events of the merchant of record, by outcome.',
  labelNames: ['provider', 'outcome'],
});

/** How often the merchant, asked, knew more of a plan than its events had said. */
export const billingDifferences = new Counter({
  name: 'parley_billing_differences_total',
  help: 'Times at which the merchant of record, asked, knew more of a plan than its events had said.',
  labelNames: ['provider'],
});
