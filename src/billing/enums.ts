import { registerEnumType } from '@nestjs/graphql';

/** How a workspace's plan stands. */
export enum SubscriptionStatus {
  TRIALING = 'TRIALING',
  ACTIVE = 'ACTIVE',
  PAST_DUE = 'PAST_DUE',
  PAUSED = 'PAUSED',
  CANCELED = 'CANCELED',
  EXPIRED = 'EXPIRED',
  NONE = 'NONE',
}
registerEnumType(SubscriptionStatus, {
  name: 'SubscriptionStatus',
  description: 'How a plan stands. CANCELED: it ends at `cancelAt`. EXPIRED: it has ended. NONE: there is none.',
});

/** What is counted against a plan. */
export enum UsageMetric {
  SEATS = 'SEATS',
  CHANNELS = 'CHANNELS',
  AI_REPLIES = 'AI_REPLIES',
  CONTACTS = 'CONTACTS',
  KNOWLEDGE_PASSAGES = 'KNOWLEDGE_PASSAGES',
}
registerEnumType(UsageMetric, {
  name: 'UsageMetric',
  description:
    'What is counted against a plan: members, connected channels, answers by AI this calendar month (UTC), contacts, passages of knowledge.',
});

export const usageMetrics = Object.values(UsageMetric);
