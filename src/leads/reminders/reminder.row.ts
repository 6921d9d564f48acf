import { type Sql, sql } from '../../platform/database/index.js';

/** A reminder as its table holds it. */
export interface ReminderRow {
  readonly id: string;
  readonly leadId: string;
  readonly memberId: string;
  readonly at: Date;
  readonly text: string | null;
  readonly due: boolean;
}

/** What a statement over `lead_reminders r` selects to give ReminderRows. */
export const reminderColumns: Sql = sql`
  r.id, r.lead_id as "leadId", r.member_id as "memberId", r.due_at as at, r.text, r.due_at <= now() as due`;
