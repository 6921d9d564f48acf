import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues } from '../../platform/queue/index.js';
import { ConversationStatus } from '../enums.js';
import { UpdateConversation } from './update-conversation.js';

/** The job that opens a snoozed conversation again; its row is the conversation. */
export const wakeConversation = 'wake-conversation';

@Injectable()
export class WakeConversationWorker implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly queues: Queues,
    private readonly update: UpdateConversation,
  ) {}

  onModuleInit(): void {
    this.queues.register({ kind: wakeConversation, concurrency: 4, maxSeconds: 30, run: (job) => this.run(job) });
  }

  /** Opens it if its time has come; whatever happened to it meanwhile stands. */
  async run({ workspaceId, rowId }: Pick<Job, 'workspaceId' | 'rowId'>): Promise<Again | undefined> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const snoozed = await tx.first<{ until: Date; over: boolean }>(sql`
        select snoozed_until as until, snoozed_until <= now() as over from conversations
         where workspace_id = ${workspaceId} and id = ${rowId} and status = ${ConversationStatus.SNOOZED} and snoozed_until is not null
           for no key update`);
      if (snoozed === null) return undefined;
      if (!snoozed.over) return { againAt: snoozed.until };
      await this.update.set(tx, rowId, sql`status = ${ConversationStatus.OPEN}`, sql`snoozed_until = null`);
      return undefined;
    });
  }
}
