import { Injectable } from '@nestjs/common';
import { Members, NotificationKind, Notifications } from '../accounts/index.js';
import type { WorkspaceTransaction } from '../platform/database/index.js';
import { badInput, notFound } from '../platform/errors/index.js';

/** Who may have a lead, and that they are told of it. */
@Injectable()
export class LeadOwners {
  constructor(
    private readonly members: Members,
    private readonly notifications: Notifications,
  ) {}

  /** Participant. The member who is to have it; whoever has it already may go on having it. Throws for who cannot. */
  async check(tx: WorkspaceTransaction, before: string | null, id: string | null): Promise<string | null> {
    const wanted = id?.toLowerCase() ?? null;
    if (wanted === null || wanted === before) return wanted;
    const [member] = await this.members.membersByIds(tx, [wanted]);
    if (member === undefined) throw notFound('Member');
    if (member.frozen)
      throw badInput('ownerId', 'The seat of this member is paused; choose somebody else.', 'ASSIGNEE_PAUSED');
    return member.id;
  }

  /** Participant. Tells whoever has a lead from now on; those who took it themselves know. `by` is null for a rule. */
  async tell(tx: WorkspaceTransaction, ownerId: string | null, by: string | null): Promise<void> {
    if (ownerId === null || ownerId === by) return;
    await this.notifications.tell(tx, { kind: NotificationKind.LEAD_ASSIGNED, memberIds: [ownerId] });
  }
}
