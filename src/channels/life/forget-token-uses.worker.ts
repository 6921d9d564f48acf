import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { ChannelStatus } from '../enums.js';
import { day } from './living-channel.js';
import { forgetUsesJob } from './look-after.js';

const keptDays = 90;
const perRun = 5_000;

/** Lets go of token uses that are older than three months, once a day, also of a channel that is disconnected. */
@Injectable()
export class ForgetTokenUsesWorker implements Worker, OnModuleInit {
  readonly kind = forgetUsesJob;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    return this.workspaces.run(workspaceId, async (tx) => {
      // Their ids are in the order of time, and the index of the list is by them.
      const gone = await tx.execute(sql`
        delete from token_uses
         where workspace_id = ${tx.workspaceId} and at < now() - make_interval(days => ${keptDays})
           and id in (select id from token_uses where workspace_id = ${tx.workspaceId} and channel_id = ${rowId} order by id limit ${perRun})`);
      if (gone === perRun) return { afterSeconds: 1 };
      const left = await tx.first(sql`
        select 1 from channels c where c.workspace_id = ${tx.workspaceId} and c.id = ${rowId}
           and (c.status <> ${ChannelStatus.DISCONNECTED}
                or exists (select 1 from token_uses u where u.workspace_id = c.workspace_id and u.channel_id = c.id))`);
      return left === null ? undefined : { afterSeconds: day };
    });
  }
}
