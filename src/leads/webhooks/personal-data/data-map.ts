import type { DataMap } from '../../../platform/personal-data/index.js';

/** What the tables of webhooks hold of people. */
export const webhooksDataMap: DataMap = {
  webhook_deliveries: {
    why: 'which systems of the business were told of what, by ids alone',
    kept: '30 days, or until the contact is erased',
    retention: ['conversationsDays', 'leadsDays'],
    erased: 'deleted with its contact, and not sent any more',
    personal: {},
    others:
      'workspace_id id endpoint_id event conversation_id message_id lead_id at status attempts tries response_status trouble next_attempt_at',
  },
  webhook_endpoints: {
    why: 'the systems that a business has told what happens; secrets encrypted',
    kept: 'until removed',
    erased: 'with the workspace',
    personal: { operator: ['url'] },
    others:
      'workspace_id id events disabled_because failing_since rests_until secret former_secret former_until created_at',
  },
};
