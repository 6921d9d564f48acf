import type { DataMap } from '../../platform/personal-data/index.js';

/** What the tables of this module hold of people. */
export const channelsDataMap: DataMap = {
  channel_authorizations: {
    why: 'consents that are being given',
    kept: 'until expired',
    erased: 'with the workspace',
    personal: { member: ['asked', 'assets'] },
    others: 'workspace_id id state_digest credential flow status error granted created_at expires_at',
  },
  channel_directory: {
    why: 'whose an account is, by digest',
    kept: 'as long as the channel',
    erased: 'when disconnected; with the workspace',
    personal: {},
    others: 'account workspace_id channel_id frozen',
  },
  channel_grantors: {
    why: 'by whose consent a channel lives, by digest',
    kept: 'as long as the channel',
    erased: 'when disconnected; with the workspace',
    personal: { member: ['grantor'] },
    others: 'workspace_id channel_id',
  },
  channels: {
    why: 'connected accounts; tokens encrypted',
    kept: 'as long as the channel',
    erased: 'with the workspace',
    personal: { member: ['connected_by'], operator: ['name', 'external_id'] },
    others:
      'workspace_id id kind provider status token token_expires_at settings last_inbound_at last_error lead_ads frozen connected_at granted_at expired_at gap_since disconnected_at former_account webhook_secret',
  },
  early_signals: {
    why: 'receipts and reactions ahead of their message',
    kept: 'until the message comes, 8 days at most',
    retention: ['conversationsDays'],
    erased: 'deleted with its contact',
    personal: { contact: ['value', 'message_external_id'] },
    others: 'workspace_id channel_id kind rank at received_at',
  },
  policy_acknowledgements: {
    why: 'who acknowledged a platform policy',
    kept: 'as long as the workspace',
    erased: 'with the workspace',
    personal: { member: ['member_id', 'at'] },
    others: 'workspace_id id channel_id kind version',
  },
  token_uses: {
    why: 'when a token was used, and where',
    kept: '90 days',
    erased: 'swept when older; by which message or contact, with that one',
    personal: {},
    others: 'workspace_id id channel_id at purpose host cause',
  },
};
