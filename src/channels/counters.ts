import { Counter } from 'prom-client';

/** Webhook calls by what became of them: stored, refused (signature), unknown (no such channel), unavailable (Postgres did not answer). */
export const webhookCalls = new Counter({
  name: 'parley_webhook_calls_total',
  help: 'Webhook calls by provider and outcome.',
  labelNames: ['provider', 'outcome'] as const,
});

/** Items of deliveries by what became of them: applied, rejected, unrouted (nobody's account), ignored (no handler). */
export const inboundItems = new Counter({
  name: 'parley_inbound_items_total',
  help: 'Items of webhook deliveries by provider and outcome.',
  labelNames: ['provider', 'outcome'] as const,
});
