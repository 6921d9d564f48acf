import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { type ReminderRow, reminderColumns } from './reminder.row.js';

/** All members' reminders of leads, the earliest first, by the lead's id. */
@Injectable()
export class RemindersLoader extends RowLoader<readonly ReminderRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ReminderRow[]>> {
    const rows = await tx.query<ReminderRow>(sql`
      select ${reminderColumns} from lead_reminders r
       where r.workspace_id = ${tx.workspaceId} and r.lead_id = any (${keys.filter(isUuid)}::uuid[])
       order by r.due_at, r.id`);
    return Map.groupBy(rows, (row) => row.leadId);
  }
}
