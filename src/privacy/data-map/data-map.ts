import { accountsDataMap } from '../../accounts/index.js';
import { aiDataMap } from '../../ai/index.js';
import { billingDataMap } from '../../billing/index.js';
import { channelsDataMap } from '../../channels/index.js';
import { conversationsDataMap } from '../../conversations/index.js';
import { formsDataMap, importsDataMap, leadsDataMap, shopifyDataMap, webhooksDataMap } from '../../leads/index.js';
import { type DataMap, platformDataMap } from '../../platform/personal-data/index.js';
import { privacyDataMap } from './privacy.data-map.js';

/** What each module says that its tables hold of people. */
export const dataMap: Readonly<Record<string, DataMap>> = {
  platform: platformDataMap,
  billing: billingDataMap,
  accounts: accountsDataMap,
  channels: channelsDataMap,
  conversations: conversationsDataMap,
  leads: { ...leadsDataMap, ...webhooksDataMap, ...formsDataMap, ...shopifyDataMap, ...importsDataMap },
  ai: aiDataMap,
  privacy: privacyDataMap,
};
