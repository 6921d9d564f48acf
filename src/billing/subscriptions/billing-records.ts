import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Plans } from '../plans/plans.js';
import type { Standing } from './standing.js';

/**
 * What was sold to which workspace, from when: what commercial and tax law wants kept, without a person in it. It outlives
 * the workspace; the invoices themselves are the merchant's.
 */
@Injectable()
export class BillingRecords {
  constructor(private readonly plans: Plans) {}

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
}
