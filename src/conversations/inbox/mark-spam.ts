import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { lockConversation } from '../lock-conversation.js';
import { UpdateConversation } from './update-conversation.js';

/** Takes a conversation out of everybody's sight as spam, or brings it back as it was: nothing of it is changed or lost. */
@Injectable()
export class MarkSpam {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateConversation,
    private readonly audit: AuditLog,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, id: string, spam: boolean): Promise<ConversationRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await lockConversation(tx, id);
      if (before.spam === spam) return before;
      const action = spam ? 'conversation.mark-spam' : 'conversation.unmark-spam';
      this.audit.record(tx, { actor, action, target: before.id, origin });
      return this.update.set(tx, before.id, sql`spam = ${spam}`);
    });
  }
}
