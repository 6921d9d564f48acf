import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { type Priority, priorities } from '../enums.js';
import { lockConversation } from '../lock-conversation.js';
import { UpdateConversation } from './update-conversation.js';

/** Says how pressing a conversation is. */
@Injectable()
export class SetPriority {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateConversation,
  ) {}

  async run({ workspaceId }: MemberActor, id: string, priority: Priority): Promise<ConversationRow> {
    const rank = priorities.indexOf(priority);
    return this.workspaces.run(workspaceId, async (tx) => {
      const before = await lockConversation(tx, id);
      return before.priority === rank ? before : this.update.set(tx, before.id, sql`priority = ${rank}`);
    });
  }
}
