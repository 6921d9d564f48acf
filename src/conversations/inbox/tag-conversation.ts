import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import type { ConversationRow } from '../conversation.row.js';
import { lockConversation } from '../lock-conversation.js';
import { cleanTags, sameList } from '../tags.js';
import { UpdateConversation } from './update-conversation.js';

/** Gives a conversation these labels and no others. */
@Injectable()
export class TagConversation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly update: UpdateConversation,
  ) {}

  async run({ workspaceId }: MemberActor, id: string, given: readonly string[]): Promise<ConversationRow> {
    const tags = cleanTags(given);
    return this.workspaces.run(workspaceId, async (tx) => {
      const before = await lockConversation(tx, id);
      return sameList(before.tags, tags) ? before : this.update.set(tx, before.id, sql`tags = ${tags}::text[]`);
    });
  }
}
