import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { ExportedPage, Subject } from '../../platform/personal-data/index.js';
import { contactColumns, type ContactRow } from '../contact.row.js';
import { MessageDirection } from '../enums.js';
import { conversationMessages } from '../personal-data/conversation-messages.js';
import { requireConversation } from '../require-conversation.js';

const pageRows = 200;

/** One conversation as JSON: what it is, with whom, and every message from the first on, page by page. */
@Injectable()
export class ConversationFile {
  constructor(private readonly workspaces: Workspaces) {}

  /** The id as it is stored; throws NOT_FOUND for one that is not here. */
  require(workspaceId: string, id: string): Promise<string> {
    return this.workspaces.read(workspaceId, (tx) => requireConversation(tx, id));
  }

  /** `notes`: also what members wrote for one another. */
  async *text(workspaceId: string, id: string, notes: boolean): AsyncGenerator<string> {
    const head = await this.workspaces.read(workspaceId, (tx) => headOf(tx, id));
    yield `${JSON.stringify(head).slice(0, -1)},"messages":[`;
    const subject: Subject = {
      scope: 'CONVERSATION',
      contactIds: [],
      conversationIds: [id],
      channelIds: [],
      memberIds: [],
    };
    let written = 0;
    for (let after: string | null = null; ;) {
      const from: string | null = after;
      const page: ExportedPage = await this.workspaces.read(workspaceId, (tx) =>
        conversationMessages.page(tx, subject, from, pageRows),
      );
      const rows = page.rows.filter(({ direction }) => notes || direction !== MessageDirection.NOTE);
      const text = rows.map((row, place) => `${written + place === 0 ? '' : ','}\n${JSON.stringify(row)}`).join('');
      written += rows.length;
      if (text !== '') yield text;
      after = page.next;
      if (after === null) break;
    }
    yield '\n]}\n';
  }
}

async function headOf(tx: WorkspaceTransaction, id: string): Promise<Record<string, unknown>> {
  const conversation = await tx.first(sql`
    select c.id, c.subject, c.status, c.priority, c.tags, c.spam, h.kind as "channelKind", h.name as "channelName", u.name as assignee,
           c.contact_id as "contactId", c.created_at as "createdAt", c.last_activity_at as "lastActivityAt"
      from conversations c
      join channels h on h.workspace_id = c.workspace_id and h.id = c.channel_id
      left join members m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
      left join users u on u.id = m.user_id
     where c.workspace_id = ${tx.workspaceId} and c.id = ${id}`);
  const contact = await tx.first<ContactRow>(sql`
    select ${contactColumns} from contacts k
     where k.workspace_id = ${tx.workspaceId}
       and k.id = (select contact_id from conversations c where c.workspace_id = ${tx.workspaceId} and c.id = ${id})`);
  return { exportedAt: new Date(), conversation, contact };
}
