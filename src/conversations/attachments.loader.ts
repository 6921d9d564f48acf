import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';
import { type AttachmentRow, attachmentColumns } from './message.row.js';

/** The attachments of messages, in their order, by the message's id. */
@Injectable()
export class AttachmentsLoader extends RowLoader<readonly AttachmentRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly AttachmentRow[]>> {
    const rows = await tx.query<AttachmentRow>(sql`
      select ${attachmentColumns} from attachments a
       where a.workspace_id = ${tx.workspaceId} and a.message_id = any (${keys.filter(isUuid)}::uuid[])
       order by a.message_id, a.position`);
    return Map.groupBy(rows, (row) => row.messageId);
  }
}
