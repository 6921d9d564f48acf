import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  Workspaces,
} from '../../platform/database/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { noWorkspace } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { forgetWords, wordsEndAt } from './closed-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { forgotten, isOpen } from './request-steps.js';

const daySeconds = 86_400;

/** Lets go of what a settled request said, and of whom it was about, when its term is over: kind, times and steps stay. */
@Injectable()
export class KeepRequestWordsWorker implements Worker, OnModuleInit {
  readonly kind = forgetWords;
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  run({ workspaceId, rowId }: Job): Promise<Again | undefined> {
    const work = (tx: WorkspaceTransaction | SystemTransaction) => this.forget(tx, rowId);
    return workspaceId === noWorkspace ? this.system.run(work) : this.workspaces.run(workspaceId, work);
  }

  private async forget(tx: WorkspaceTransaction | SystemTransaction, id: string): Promise<Again | undefined> {
    if ((await this.requests.byId(tx, id)) === null) return undefined;
    const row = await this.requests.lock(tx, id);
    if (isOpen(row) || row.completedAt === null || row.details.wordsGone === true) return undefined;
    const endsAt = wordsEndAt(row.completedAt);
    if (endsAt > new Date()) return { againAt: endsAt };
    // A hold keeps what it keeps; the term is looked at again every day.
    if ('workspaceId' in tx && (await this.holds.stands(tx, row.contactIds))) return { afterSeconds: daySeconds };
    await this.requests.save(tx, forgotten(row));
    return undefined;
  }
}
