import { Injectable } from '@nestjs/common';
import { ContactType, MarkContacts } from '../../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { RequestJournal } from './request-journal.js';

/** A member lets a contact's data be used again. */
@Injectable()
export class LiftRestriction {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly marks: MarkContacts,
    private readonly audit: AuditLog,
    private readonly journal: RequestJournal,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, contactId: string): Promise<ContactType> {
    return this.workspaces.run(member.workspaceId, async (tx) => {
      const [contact] = await this.marks.run(tx, [contactId], { processingRestricted: false });
      if (contact === undefined) throw notFound('Contact');
      this.journal.marked(tx, [contact.id], { processingRestricted: false });
      this.audit.record(tx, { actor: member, action: 'contact.lift-restriction', target: contact.id, origin });
      return ContactType.from(contact);
    });
  }
}
