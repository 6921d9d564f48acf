import type { ConversationRowFragment } from '../inbox/types.js';

type Contact = Pick<ConversationRowFragment['contact'], 'automationObjected' | 'processingRestricted'>;

/** Whether no machine may work for this person: the server refuses it, so nothing here offers it. */
export function isAiOff({ automationObjected, processingRestricted }: Contact): boolean {
  return automationObjected || processingRestricted;
}
