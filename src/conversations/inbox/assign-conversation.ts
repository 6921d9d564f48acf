import { Injectable } from '@nestjs/common';
import { Members, NotificationKind, Notifications } from '../../accounts/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { lockConversation } from '../lock-conversation.js';
import { assigneeOf } from './assignee-of.js';
import { UpdateConversation } from './update-conversation.js';

/** Makes a conversation a member's, or nobody's. */
@Injectable()
export class AssignConversation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly members: Members,
    private readonly update: UpdateConversation,
    private readonly notifications: Notifications,
  ) {}

  async run(actor: MemberActor, id: string, memberId: string | null | undefined): Promise<ConversationRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await lockConversation(tx, id);
      const assigneeId = await assigneeOf(tx, this.members, memberId, 'memberId');
      if (before.assigneeId === assigneeId) return before;
      // Whoever takes a conversation knows it.
      if (assigneeId !== null && assigneeId !== actor.memberId) {
        const notice = { kind: NotificationKind.ASSIGNED, memberIds: [assigneeId], conversationId: before.id };
        await this.notifications.tell(tx, notice);
      }
      return this.update.set(tx, before.id, sql`assignee_id = ${assigneeId}`);
    });
  }
}
