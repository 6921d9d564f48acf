import { Injectable } from '@nestjs/common';
import { isTimeText, timeText } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ReminderRow, reminderColumns } from './reminder.row.js';

export interface ReminderListing {
  /** Only those whose time has come, or only those whose has not. */
  readonly due?: boolean | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

type Placed = ReminderRow & { readonly placed: string };

/** A member's own reminders, the earliest first. */
@Injectable()
export class ListReminders {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId, memberId }: MemberActor, { due = null, first, after }: ReminderListing) {
    const size = pageSize(first, 25);
    const place = decodeCursor(after, isPlace);
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<Placed>(sql`
        select ${reminderColumns}, ${timeText(sql`r.due_at`)} as placed from lead_reminders r
         where r.workspace_id = ${workspaceId} and r.member_id = ${memberId}
           ${due === null ? emptySql : sql`and (r.due_at <= now()) = ${due}`}
           ${place === null ? emptySql : sql`and (r.due_at, r.id) > (${place[0]}::timestamp at time zone 'utc', ${place[1]}::uuid)`}
         order by r.due_at, r.id limit ${size + 1}`),
    );
    return pageOf(rows, size, ({ placed, id }) => encodeCursor(placed, id));
  }
}

function isPlace(values: readonly unknown[]): values is readonly [at: string, id: string] {
  return values.length === 2 && isTimeText(values[0]) && isUuid(values[1]);
}
