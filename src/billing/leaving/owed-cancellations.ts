import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  newId,
  sql,
} from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import type { MerchantName } from '../merchants/merchant.js';

/** The kind of job that ends a subscription whose workspace is gone. */
export const cancelSubscription = 'cancel-subscription';

/** A subscription that is to be ended at its merchant. */
export interface OwedCancellation {
  readonly id: string;
  readonly provider: MerchantName;
  /** Its id at the merchant. */
  readonly reference: string;
  readonly confirmed: boolean;
  /** Seconds since the workspace was deleted. */
  readonly secondsGone: number;
}

/** Subscriptions of a workspace that is gone at one merchant: those that were ended there, or those that are still to be. */
export interface Parted {
  readonly provider: MerchantName;
  readonly confirmed: boolean;
  readonly count: number;
  /** Seconds since the workspace was deleted. */
  readonly secondsGone: number;
}

/** What is deleted as a whole is gone within the day, so the merchant gets an hour less. */
export const waitedForSeconds = 23 * 3_600;
const keptDays = 30;

/**
 * What is still to be ended at the merchant for workspaces that are gone. It stands outside them, so that a merchant who
 * cannot be reached keeps nothing of a workspace, and is told all the same.
 */
@Injectable()
export class OwedCancellations {
  constructor(
    private readonly system: SystemDatabase,
    private readonly outbox: Outbox,
  ) {}

  /** Participant. Owes an end to every subscription of the transaction's workspace that could still be charged. */
  async owe(tx: WorkspaceTransaction): Promise<void> {
    const alive = await tx.query<{ provider: MerchantName; reference: string }>(sql`
      select provider, reference from merchant_subscriptions
       where workspace_id = ${tx.workspaceId} and not (status = 'CANCELED' and coalesce(ends_at, now()) <= now())
       order by provider, reference`);
    for (const { provider, reference } of alive) {
      const id = await this.note(tx, provider, reference, null);
      if (id !== null) this.outbox.schedule(tx, cancelSubscription, id);
    }
  }

  /** Participant. Owes an end to one that was told of when the transaction's workspace was gone, unless it was ended since. */
  async oweLate(tx: WorkspaceTransaction, provider: MerchantName, reference: string, toldAt: Date): Promise<void> {
    const id = await this.note(tx, provider, reference, toldAt);
    if (id !== null) await this.outbox.scheduleForInstance(tx, cancelSubscription, id);
  }

  /** Null where it was confirmed after it was told of. */
  private async note(
    tx: WorkspaceTransaction,
    provider: MerchantName,
    reference: string,
    toldAt: Date | null,
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(sql`
      insert into owed_cancellations as owed (id, workspace_id, provider, reference)
      values (${newId()}, ${tx.workspaceId}, ${provider}, ${reference})
      on conflict (provider, reference) do update set confirmed_at = null
       where owed.confirmed_at is null or ${toldAt}::timestamptz is null or owed.confirmed_at < ${toldAt}::timestamptz
      returning id`);
    return row?.id ?? null;
  }

  async byId(id: string): Promise<OwedCancellation | null> {
    return this.system.first<OwedCancellation>(sql`
      select id, provider, reference, confirmed_at is not null as confirmed,
             extract(epoch from now() - owed_at)::float8 as "secondsGone"
        from owed_cancellations where id = ${id}`);
  }

  /** The merchant has ended it, or knows nothing of it. */
  async confirm(id: string): Promise<void> {
    await this.system.execute(
      sql`update owed_cancellations set confirmed_at = now() where id = ${id} and confirmed_at is null`,
    );
  }

  /** From now on it is tried outside its workspace, which waits for it no longer. */
  async handOver(id: string): Promise<void> {
    await this.system.run((tx) => this.outbox.scheduleForInstance(tx, cancelSubscription, id));
  }

  /** Has everything that is owed and that nobody works on tried again. */
  async resume(): Promise<void> {
    await this.system.run(async (tx) => {
      const left = await tx.query<{ id: string }>(sql`
        select o.id from owed_cancellations o where o.confirmed_at is null and not exists
          (select from due d where d.kind = ${cancelSubscription} and d.row_id = o.id and d.set_aside_at is null) order by o.id`);
      for (const { id } of left) await this.outbox.scheduleForInstance(tx, cancelSubscription, id);
    });
  }

  /** How many subscriptions of a workspace that is gone were ended, and how many are still to be, by merchant. */
  async of(workspaceId: string): Promise<readonly Parted[]> {
    return this.system.query<Parted>(sql`
      select provider, confirmed_at is not null as confirmed, count(*)::int as count,
             extract(epoch from now() - min(owed_at))::float8 as "secondsGone"
        from owed_cancellations where workspace_id = ${workspaceId} group by 1, 2 order by 1, 2`);
  }

  /** Participant. Lets go of those that were confirmed long ago; their receipts have named them. Gives how many. */
  async forget(tx: SystemTransaction): Promise<number> {
    return tx.execute(
      sql`delete from owed_cancellations where confirmed_at < now() - make_interval(days => ${keptDays})`,
    );
  }
}
