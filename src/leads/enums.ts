import { registerEnumType } from '@nestjs/graphql';

export enum LeadSource {
  LEAD_AD = 'LEAD_AD',
  CONTACT_FORM = 'CONTACT_FORM',
  CHAT = 'CHAT',
  MANUAL = 'MANUAL',
  IMPORT = 'IMPORT',
}
registerEnumType(LeadSource, {
  name: 'LeadSource',
  description:
    'Where a lead came from. CHAT: found in what somebody wrote. MANUAL: a member wrote it down. IMPORT: out of a file.',
});

export enum LeadStatus {
  NEW = 'NEW',
  CONTACTED = 'CONTACTED',
  QUALIFIED = 'QUALIFIED',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(LeadStatus, { name: 'LeadStatus', description: 'How far a lead has come.' });
