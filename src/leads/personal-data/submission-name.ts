import type { Named } from '../../conversations/index.js';
import type { LeadSource } from '../enums.js';

/** By what one submission is known once it was erased, so that a late delivery or a look into the past does not bring it back. */
export function submissionName(source: LeadSource, externalId: string): Named {
  return { channelId: `lead ${source}`, externalId };
}
