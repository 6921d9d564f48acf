import { type SystemDatabase, joinSql, sql } from '../database/index.js';

/** What an operator is told of a delivery; never its body. */
export interface KnownDelivery {
  readonly id: string;
  readonly provider: string;
  /** Whose it is; null where its parts are of several, or say nothing of it. */
  readonly workspaceId: string | null;
  readonly receivedAt: Date;
  readonly setAsideAt: Date | null;
  readonly attempts: number;
  readonly reason: string | null;
}

/** Which deliveries are meant; what is left out does not matter. */
export interface DeliveryChoice {
  readonly ids?: readonly string[];
  readonly provider?: string;
  /** `failed` waits too, for another try. */
  readonly state: 'set-aside' | 'waiting' | 'failed';
}

/** Deliveries as an operator looks after them. */
export class SetAsideDeliveries {
  constructor(private readonly system: SystemDatabase) {}

  /** The newest of them, and how many there are. */
  async list(choice: DeliveryChoice, limit: number): Promise<{ total: number; deliveries: KnownDelivery[] }> {
    const count = await this.system.first<{ total: number }>(
      sql`select count(*)::int as total from deliveries where ${condition(choice)}`,
    );
    const deliveries = await this.system.query<KnownDelivery>(sql`
      select id, provider, workspace_id as "workspaceId", received_at as "receivedAt", set_aside_at as "setAsideAt", attempts, reason
        from deliveries where ${condition(choice)} order by coalesce(set_aside_at, received_at) desc, id desc limit ${limit}`);
    return { total: count?.total ?? 0, deliveries };
  }

  /**
   * Gives what was set aside another try; gives the ids. It is tried alone, for it may be what ends the process, and by
   * the worker, within a second or once one runs. What was applied before is not applied again.
   */
  async replay(choice: Omit<DeliveryChoice, 'state'>): Promise<string[]> {
    const rows = await this.system.query<{ id: string }>(sql`
      update deliveries set set_aside_at = null, attempts = 1, available_at = now(), leased_until = null
       where ${condition({ ...choice, state: 'set-aside' })} returning id`);
    return rows.map(({ id }) => id).sort();
  }
}

function condition({ ids, provider, state }: DeliveryChoice) {
  return joinSql(
    [
      state === 'set-aside' ? sql`set_aside_at is not null` : sql`set_aside_at is null`,
      ...(state === 'failed' ? [sql`attempts > 0 and reason is not null`] : []),
      ...(ids === undefined ? [] : [sql`id = any (${ids}::uuid[])`]),
      ...(provider === undefined ? [] : [sql`provider = ${provider}`]),
    ],
    ' and ',
  );
}
