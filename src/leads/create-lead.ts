import { Injectable } from '@nestjs/common';
import { cleanTags } from '../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../platform/access/index.js';
import { AuditLog } from '../platform/audit/index.js';
import { Workspaces } from '../platform/database/index.js';
import { badInput } from '../platform/errors/index.js';
import { CaptureLead } from './capture/capture-lead.js';
import { checkDetails, checkNote } from './check-lead.js';
import type { CreateLeadInput } from './create-lead.input.js';
import { LeadSource } from './enums.js';
import { lockLead } from './lead.loader.js';
import type { LeadRow } from './lead.row.js';
import { NoteActivity } from './note-activity.js';

/** A member writes down that somebody is interested. */
@Injectable()
export class CreateLead {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly capture: CaptureLead,
    private readonly activity: NoteActivity,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: CreateLeadInput): Promise<LeadRow> {
    const details = checkDetails(input);
    const tags = cleanTags(input.tags ?? []);
    const note = checkNote('note', input.note);
    const { name, email, phone } = details;
    if ((input.contactId ?? null) === null && [name, email, phone].every((one) => (one ?? '').trim() === ''))
      throw badInput('name', 'Say who it is: a name, an e-mail address or a phone number.');
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const captured = await this.capture.apply(tx, {
        source: LeadSource.MANUAL,
        externalId: null,
        details,
        tags,
        contactId: input.contactId ?? null,
        by: actor,
      });
      if (!('leadId' in captured)) throw new Error('What a member writes down is never passed over.');
      const { leadId } = captured;
      if (note !== null) await this.activity.add(tx, { leadId, kind: 'NOTE', memberId: actor.memberId, text: note });
      this.audit.record(tx, { actor, action: 'lead.create', target: leadId, origin });
      return lockLead(tx, leadId);
    });
  }
}
