import { Injectable, type OnModuleInit } from '@nestjs/common';
import { WorkspaceDeletions, WorkspaceErased } from '../../accounts/index.js';
import { LeavingSubscriptions } from '../../billing/index.js';
import { SystemDatabase, type SystemTransaction } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { jsonOfReceipt } from '../proof/erasure-receipt.js';
import { Receipts } from '../proof/receipts.js';
import { workspaceErased } from './mails/workspace-erased.js';
import { whatWasBought } from './what-was-bought.js';

/** Issues the receipt of a deleted workspace, once its last row is gone, and mails it to those who owned it. */
@Injectable()
export class IssueDeletionReceiptWorker implements Worker, OnModuleInit {
  readonly kind = 'issue-deletion-receipt';
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly deletions: WorkspaceDeletions,
    private readonly receipts: Receipts,
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly subscriptions: LeavingSubscriptions,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(workspaceErased);
    // Of no workspace: with its own work it would go.
    this.facts.on(WorkspaceErased, (tx, { deletionId }) => this.outbox.scheduleForInstance(tx, this.kind, deletionId));
  }

  async run(job: Job): Promise<Again | undefined> {
    const deletion = await this.deletions.byId(job.rowId);
    if (deletion?.completedAt == null) return undefined;
    const parting = await this.subscriptions.partingOf(deletion.workspaceId);
    // Mostly it was waited for already; after a restore the rows go before the merchant can be asked once more.
    if (parting.waits) return { afterSeconds: 10 };
    const bought = whatWasBought(parting);
    const receipt = await this.receipts.issue({
      erasureId: deletion.id,
      scope: 'WORKSPACE',
      workspaceId: deletion.workspaceId,
      subject: deletion.workspaceId,
      erased: [...Object.entries(deletion.erased).map(([what, count]) => ({ what, count })), ...bought.erased],
      retained: [
        {
          what: 'workspace_deletions',
          count: 1,
          basis: 'Accountability (GDPR 5(2)): the record of the deletion, with counts and times alone.',
          until: null,
        },
        ...bought.retained,
      ],
      completedAt: deletion.completedAt,
    });
    await this.system.run((tx) => this.tell(tx, deletion.id, JSON.stringify(jsonOfReceipt(receipt))));
    return undefined;
  }

  private async tell(tx: SystemTransaction, deletionId: string, receipt: string): Promise<void> {
    for (const { email, locale } of await this.deletions.takeOwners(tx, deletionId))
      await this.mails.queue(tx, {
        to: email,
        template: workspaceErased,
        locale: mailLocale(locale),
        values: { receipt },
      });
  }
}
