/** What a system of the business can be told of, by the name that stands in `type`. */
export const webhookEvents = [
  'conversation.started',
  'message.received',
  'conversation.resolved',
  'lead.created',
  'lead.changed',
] as const;

/** The name of an event. */
export type WebhookEvent = (typeof webhookEvents)[number];

/** The job that makes the calls that an endpoint is owed; the row's id is the endpoint's. */
export const deliverWebhooks = 'deliver-webhooks';
