import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { forgetShopify } from './installs.js';

/** Removes an install that ran out, or a store that was disconnected long ago. */
@Injectable()
export class ForgetShopifyWorker implements Worker, OnModuleInit {
  readonly kind = forgetShopify;
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
        delete from shopify_installs where workspace_id = ${tx.workspaceId} and id = ${rowId} and expires_at <= now()`);
      // Disconnected again meanwhile, it is shown for as long from then on.
      await tx.execute(sql`
        delete from shopify_stores where workspace_id = ${tx.workspaceId} and id = ${rowId}
           and status = 'DISCONNECTED' and token is null and disconnected_at < now() - interval '29 days'`);
      return tx.first(sql`select 1 from shopify_installs where workspace_id = ${tx.workspaceId} and id = ${rowId}`);
    });
    return left === null ? undefined : { afterSeconds: 60 };
  }
}
