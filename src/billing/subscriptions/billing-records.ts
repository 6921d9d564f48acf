import { Injectable } from '@nestjs/common';
import { SystemDatabase, type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Plans } from '../plans/plans.js';
import type { Standing } from './standing.js';

/** What the law wants kept of the sales to one workspace. */
export interface KeptRecords {
  readonly count: number;
  /** The law that asks for it, as the operator names it. */
  readonly law: string;
  /** When the last of them goes. */
  readonly until: Date;
}

/**
 * What was sold to which workspace, from when: what commercial and tax law wants kept, without a person in it. It outlives
 * the workspace; the invoices themselves are the merchant's.
 */
@Injectable()
export class BillingRecords {
  constructor(
    private readonly plans: Plans,
    private readonly system: SystemDatabase,
  ) {}

  /** Participant. Notes how a workspace stands at its merchant from now on; a trial is no sale. */
  async note(
    tx: WorkspaceTransaction,
    { plan, addOns, status, provider }: Standing,
    reference: string | null,
  ): Promise<void> {
    if (provider === null || this.plans.records.years === 0) return;
    const [newest] = await tx.query<{ reference: string }>(sql`
      select reference from merchant_subscriptions where workspace_id = ${tx.workspaceId} and provider = ${provider}
       order by as_of desc limit 1`);
    await tx.execute(sql`
      insert into billing_records (id, workspace_id, provider, reference, plan, add_ons, status, keep_until)
      values (${newId()}, ${tx.workspaceId}, ${provider}, ${reference ?? newest?.reference ?? ''}, ${plan}, ${addOns}, ${status},
              now() + make_interval(years => ${this.plans.records.years}))`);
  }

  /** What is kept of the sales to a workspace, which need not be there any more; null where nothing is. */
  async keptOf(workspaceId: string): Promise<KeptRecords | null> {
    const row = await this.system.first<{ count: number; until: Date | null }>(sql`
      select count(*)::int as count, max(keep_until) as until from billing_records where workspace_id = ${workspaceId}`);
    if (row === null || row.until === null) return null;
    return { count: row.count, until: row.until, law: this.plans.records.law || 'commercial and tax law' };
  }
}
