import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';

/** The kind of the work that forgets merges. */
export const forgetMergesKind = 'forget-merges';
/** For how long a merge can be taken back; what is remembered for that is forgotten afterwards. */
export const unmergeDays = 30;

/** Forgets how contacts were before a merge, once it cannot be taken back any more. */
@Injectable()
export class ForgetMergesWorker implements Worker, OnModuleInit {
  readonly kind = forgetMergesKind;
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId }: Job): Promise<undefined> {
    await this.workspaces.run(workspaceId, (tx) =>
      tx.execute(sql`
        delete from contact_merges where workspace_id = ${workspaceId} and merged_at < now() - make_interval(days => ${unmergeDays})`),
    );
    return undefined;
  }
}
