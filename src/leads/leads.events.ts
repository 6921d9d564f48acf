import type { LeadSource } from './enums.js';

/** What modules to the right are told of a lead: ids and marks, and nothing that was written in it. */
export interface CapturedLead {
  readonly id: string;
  readonly contactId: string;
  readonly source: LeadSource;
  /** Used to answer and for nothing else: no AI, no report, no segment. */
  readonly answerOnly: boolean;
  readonly test: boolean;
}

/** Somebody is interested. Announced in the transaction that stores the lead. */
export class LeadCaptured {
  constructor(readonly lead: CapturedLead) {}
}

/** A member answered a lead. */
export class LeadReplied {
  constructor(
    readonly leadId: string,
    readonly memberId: string,
    readonly text: string,
    /** The message that it became; null where it left as a mail of the server. */
    readonly messageId: string | null,
  ) {}
}

/** Leads are not what they were: another status, owner, label or answer, or they are another contact's now. */
export class LeadsUpdated {
  constructor(readonly leadIds: readonly string[]) {}
}
