import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces } from '../../platform/database/index.js';
import type { ErasedSubject } from '../erasure/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin } from './enums.js';
import { EraseOnRequest } from './erase-on-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import type { RequestRow } from './request.row.js';

const actions: Readonly<Record<ErasedSubject['scope'], string>> = {
  CONTACT: 'contact.erase',
  CONVERSATION: 'conversation.erase',
  LEAD: 'lead.erase',
};

/** A member erases a contact, a conversation or a lead: a request of its own, which is proved by who does it. */
@Injectable()
export class EraseByHand {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly erasing: EraseOnRequest,
    private readonly audit: AuditLog,
  ) {}

  run(actor: MemberActor, origin: RequestOrigin, what: ErasedSubject): Promise<RequestRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const row = await this.requests.open(tx, {
        kind: PrivacyRequestKind.ERASE,
        origin: PrivacyRequestOrigin.DASHBOARD,
        hints: {},
        proved: true,
      });
      const begun = await this.erasing.begin(tx, row, what, `member:${actor.memberId}`);
      const action = actions[what.scope];
      // Not whom: the log outlives the person.
      this.audit.record(tx, { actor, action, target: row.id, origin });
      return this.requests.save(tx, begun);
    });
  }
}
