import { Workspaces } from '../../src/platform/database/index.js';
import { type Capture, type Captured, CaptureLead } from '../../src/leads/capture/capture-lead.js';
import { LeadSource } from '../../src/leads/enums.js';
import type { InboxUnderTest, TestInbox } from './inbox.js';

export const leadFields =
  'id name email phone company message status source tags fields answerOnly contact { id name emails } owner { id }';

/** A lead as `leadFields` shows it. */
export interface SeenLead {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly contact: { readonly id: string; readonly name: string | null; readonly emails: string[] };
}

/** Leads of inboxes: as they come in from outside, as members write them down, and as rows. */
export class LeadsUnderTest {
  constructor(private readonly under: InboxUnderTest) {}

  capture(inbox: TestInbox, given: Partial<Capture>): Promise<Captured> {
    const { app } = this.under.app;
    const whole = { source: LeadSource.CONTACT_FORM, externalId: null, details: {}, ...given };
    return app.get(Workspaces).run(inbox.workspaceId, (tx) => app.get(CaptureLead).apply(tx, whole));
  }

  /** The same where it must become a lead. */
  async captured(inbox: TestInbox, given: Partial<Capture>): Promise<{ leadId: string; contactId: string }> {
    const outcome = await this.capture(inbox, given);
    if (!('leadId' in outcome)) throw new Error(`It was ${outcome.outcome}.`);
    return outcome;
  }

  async create(inbox: TestInbox, input: Record<string, unknown>): Promise<SeenLead> {
    const { createLead } = await inbox.client.ask<{ createLead: SeenLead }>(
      `mutation ($input: CreateLeadInput!) { createLead(input: $input) { ${leadFields} } }`,
      { input },
    );
    return createLead;
  }

  async update(inbox: TestInbox, input: Record<string, unknown>): Promise<SeenLead> {
    const { updateLead } = await inbox.client.ask<{ updateLead: SeenLead }>(
      `mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { ${leadFields} } }`,
      { input },
    );
    return updateLead;
  }

  /** How many rows there are of `from`, which may go on with a condition. */
  async count(from: string, ...values: unknown[]): Promise<number> {
    const { rows } = await this.under.admin.query<{ n: number }>(`select count(*)::int as n from ${from}`, values);
    return rows[0]?.n ?? -1;
  }

  /** How much of a kind waits to be mailed to a member. */
  async news({ member }: TestInbox, kind: string): Promise<number> {
    const { rows } = await this.under.admin.query<{ n: number }>(
      `select coalesce(sum(count), 0)::int as n from notifications where member_id = $1 and kind = $2 and way = 'MAIL'`,
      [member.memberId, kind],
    );
    return rows[0]?.n ?? -1;
  }
}
