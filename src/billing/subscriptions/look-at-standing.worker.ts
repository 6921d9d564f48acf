import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { Subscriptions, lookAtStanding } from './subscriptions.js';

/** Looks at how a workspace stands once something of it has ended: a trial, a grace period, a plan that was cancelled. */
@Injectable()
export class LookAtStandingWorker implements Worker, OnModuleInit {
  readonly kind = lookAtStanding;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly subscriptions: Subscriptions,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId }: Job): Promise<undefined> {
    await this.workspaces.run(workspaceId, (tx) => this.subscriptions.settle(tx));
  }
}
