import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type MailTemplate, Mails, WorkspaceOwners } from '../../platform/mail/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { EntitlementsChanged } from '../billing.events.js';
import { UsageMetric } from '../enums.js';
import { Plans } from '../plans/plans.js';
import {
  paymentFailed,
  planCanceled,
  planEnded,
  planFull,
  planMails,
  planPaused,
  planUsage,
  trialEnded,
  trialEnds,
} from './mails/plan-mails.js';
import type { PlanMailValues } from './mails/plan-mail.js';
import { type Notice, type NoticeName, type Told, noticesAt } from './notices.js';
import { billingMails } from './kinds.js';
import { shareToTell } from './usage-notices.js';

const templates: Readonly<Record<NoticeName, MailTemplate<PlanMailValues>>> = {
  'trial-ends': trialEnds,
  'trial-ended': trialEnded,
  'payment-failed-1': paymentFailed[1],
  'payment-failed-3': paymentFailed[3],
  'payment-failed-7': paymentFailed[7],
  'plan-paused': planPaused,
  'plan-canceled': planCanceled,
  'plan-ended': planEnded,
};

interface Stood extends Told {
  readonly plan: string | null;
  readonly live: boolean;
  readonly cancelAt: Date | null;
  readonly now: Date;
}

/**
 * Mails the owners what they should know of their plan: each thing once, committed with the note that it was told, and
 * nothing that is no longer so. Runs when the standing changed, when the next thing is due, and when a limit comes near.
 */
@Injectable()
export class TellOwnersWorker implements Worker, OnModuleInit {
  readonly kind = billingMails;
  readonly concurrency = 2;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly owners: WorkspaceOwners,
    private readonly mails: Mails,
    private readonly plans: Plans,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    for (const template of planMails) this.mails.define(template);
    this.facts.on(EntitlementsChanged, (tx) => {
      this.outbox.schedule(tx, billingMails, tx.workspaceId);
      return Promise.resolve();
    });
  }

  async run({ workspaceId }: Job): Promise<Again | undefined> {
    if (!this.plans.sold) return undefined;
    return this.workspaces.run(workspaceId, async (tx) => {
      const stood = await this.read(tx);
      if (stood === null) return undefined;
      const { due, instead, next } = noticesAt(stood, this.plans.graceDays, stood.now);
      if (due !== null) await this.tell(tx, stood, due, instead);
      if (stood.live) await this.tellOfUse(tx, stood);
      return next === null ? undefined : { againAt: next };
    });
  }

  private read(tx: WorkspaceTransaction): Promise<Stood | null> {
    return tx.first<Stood>(sql`
      select plan, status, live, provider is not null as "isPaid", trial_ends_at as "trialEndsAt", cancel_at as "cancelAt",
             grace_ends_at as "graceEndsAt", since, now() as now,
             exists (select from merchant_subscriptions m where m.workspace_id = s.workspace_id) as "wasPaid"
        from subscriptions s where workspace_id = ${tx.workspaceId} for share`);
  }

  private async tell(tx: WorkspaceTransaction, stood: Stood, due: Notice, instead: readonly Notice[]): Promise<void> {
    for (const { name, about } of instead) await this.note(tx, name, about);
    if (!(await this.note(tx, due.name, due.about))) return;
    const day = stood.cancelAt ?? stood.graceEndsAt ?? stood.trialEndsAt;
    // The trial was of another plan than the one that costs nothing and is there now.
    const plan = due.name === 'trial-ended' ? (this.plans.trial?.plan ?? stood.plan) : stood.plan;
    await this.mail(tx, templates[due.name], { plan, day: day?.toISOString().slice(0, 10) ?? '', usage: '' });
  }

  /** False where that was told before. */
  private async note(tx: WorkspaceTransaction, name: string, about: Date): Promise<boolean> {
    const noted = await tx.execute(sql`
      insert into billing_notices (workspace_id, notice, about) values (${tx.workspaceId}, ${name}, ${about}) on conflict do nothing`);
    return noted > 0;
  }

  /** What was told stands with the counter: an answer's is of its month, the others' go on. */
  private async tellOfUse(tx: WorkspaceTransaction, { plan }: Stood): Promise<void> {
    const rows = await tx.query<{ metric: UsageMetric; used: number; told: number; period: string }>(sql`
      select metric, used, told, period::text as period from usage_counters
       where workspace_id = ${tx.workspaceId} and period in ('1970-01-01', date_trunc('month', now() at time zone 'UTC')::date)
         for no key update`);
    const limits = this.plans.shown(plan).limits;
    const changed = rows
      .map((row) => ({ ...row, limit: limits[row.metric] ?? null }))
      .map((row) => ({ ...row, share: shareToTell(row) }))
      .filter(({ share, told }) => share !== told);
    for (const { metric, period, share } of changed)
      await tx.execute(sql`
        update usage_counters set told = ${share} where workspace_id = ${tx.workspaceId} and metric = ${metric} and period = ${period}::date`);
    for (const [template, wanted] of [
      [planFull, 100],
      [planUsage, 80],
    ] as const) {
      const reached = changed.filter(({ share, told }) => share === wanted && share > told);
      if (reached.length === 0) continue;
      const usage = reached.map(({ metric, used, limit }) => `${metric} ${String(used)} ${String(limit)}`).join('\n');
      await this.mail(tx, template, { plan, day: '', usage });
    }
  }

  private async mail(
    tx: WorkspaceTransaction,
    template: MailTemplate<PlanMailValues>,
    { plan, day, usage }: { readonly plan: string | null; readonly day: string; readonly usage: string },
  ): Promise<void> {
    const { workspaceId } = tx;
    const said = { plan: this.plans.shown(plan).name, free: this.plans.free?.name ?? '', day, usage };
    for (const { email, name, locale, workspace } of await this.owners.of(tx))
      await this.mails.queue(tx, {
        to: email,
        template,
        locale,
        values: { ...said, name, workspace, workspaceId },
        workspaceId,
      });
  }
}
