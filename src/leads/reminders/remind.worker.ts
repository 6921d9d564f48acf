import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications } from '../../accounts/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type Again, type Job, Queues } from '../../platform/queue/index.js';
import { NoteActivity } from '../note-activity.js';

/** The job that reminds a member of a lead; its row is the reminder. */
export const remindOfLead = 'remind-of-lead';

/** Tells a member that the time of a reminder has come: once, as it is marked in the transaction that tells. */
@Injectable()
export class RemindWorker implements OnModuleInit {
  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly notifications: Notifications,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register({ kind: remindOfLead, concurrency: 2, maxSeconds: 30, run: (job) => this.run(job) });
  }

  /** Whatever happened to it meanwhile stands: it was moved, cleared, or is of a lead that is gone. */
  async run({ workspaceId, rowId }: Pick<Job, 'workspaceId' | 'rowId'>): Promise<Again | undefined> {
    return this.workspaces.run(workspaceId, async (tx) => {
      // The lead first, as everybody does who changes or erases one: two who wait for each other would wait for ever.
      await tx.execute(sql`
        select from leads l join lead_reminders r on r.workspace_id = l.workspace_id and r.lead_id = l.id
         where r.workspace_id = ${workspaceId} and r.id = ${rowId} for no key update of l`);
      const reminder = await tx.first<{
        leadId: string;
        memberId: string;
        at: Date;
        text: string | null;
        due: boolean;
      }>(sql`
        select lead_id as "leadId", member_id as "memberId", due_at as at, text, due_at <= now() as due from lead_reminders
         where workspace_id = ${workspaceId} and id = ${rowId} and told_at is null for update`);
      if (reminder === null) return undefined;
      if (!reminder.due) return { againAt: reminder.at };
      const { leadId, memberId, text } = reminder;
      await tx.execute(
        sql`update lead_reminders set told_at = now() where workspace_id = ${workspaceId} and id = ${rowId}`,
      );
      await this.notifications.tell(tx, { kind: NotificationKind.LEAD_REMINDER, memberIds: [memberId] });
      await this.activity.add(tx, { leadId, kind: 'REMINDED', memberId: null, aboutId: memberId, text });
      this.feed.append(tx, { kind: 'LeadChanged', ids: [leadId] });
      return undefined;
    });
  }
}
