import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { forgetJob } from './authorizations.js';

/** Removes a consent that has run out, whatever became of it, with every token that was granted and not used. */
@Injectable()
export class ForgetAuthorizationWorker implements Worker, OnModuleInit {
  readonly kind = forgetJob;
  readonly concurrency = 2;
  readonly maxSeconds = 30;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    const left = await this.workspaces.run(workspaceId, async (tx) => {
      await tx.execute(sql`
        delete from channel_authorizations where workspace_id = ${tx.workspaceId} and id = ${rowId} and expires_at <= now()`);
      return tx.first(
        sql`select 1 from channel_authorizations where workspace_id = ${tx.workspaceId} and id = ${rowId}`,
      );
    });
    return left === null ? undefined : { afterSeconds: 60 };
  }
}
