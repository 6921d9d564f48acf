/** Everything that an inbox needs to hear of a Page and of its Instagram account. */
export const pageFields = [
  'messages',
  'messaging_postbacks',
  'message_echoes',
  'message_reads',
  'message_deliveries',
  'message_reactions',
  'message_edits',
  'messaging_referrals',
  'messaging_handovers',
  'standby',
];
/** The same of an account that is reached by Instagram Login; its fields have names of their own. */
export const instagramFields = [
  'messages',
  'messaging_postbacks',
  'message_reactions',
  'messaging_seen',
  'messaging_referral',
];
