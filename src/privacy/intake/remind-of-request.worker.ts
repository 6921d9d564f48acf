import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications, Role } from '../../accounts/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { PrivacyRequests } from './privacy-requests.js';
import { reminderDays, remindOfRequest } from './reminders.js';
import { isOpen } from './request-steps.js';

const daySeconds = 86_400;

/** Tells owners and admins of a request that is due soon, and every day from then on until it is settled. */
@Injectable()
export class RemindOfRequestWorker implements Worker, OnModuleInit {
  readonly kind = remindOfRequest;
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const row = await this.requests.byId(tx, rowId);
      if (row === null || !isOpen(row)) return undefined;
      // It was told that it takes longer: then the later day counts.
      const soon = new Date((row.extendedUntil ?? row.dueAt).getTime() - reminderDays * 86_400_000);
      if (soon > new Date()) return { againAt: soon };
      await this.notifications.tell(tx, { kind: NotificationKind.PRIVACY_DUE, roles: [Role.OWNER, Role.ADMIN] });
      return { afterSeconds: daySeconds };
    });
  }
}
