import { Injectable } from '@nestjs/common';
import type { MemberActor, UserActor } from '../../../platform/access/index.js';
import { type Sql, SystemDatabase, Workspaces, sql } from '../../../platform/database/index.js';
import { RequireOperator } from '../operator/require-operator.js';
import { type CountedRequests, type PrivacyFigures, figuresOf } from './privacy-figures.type.js';

const since: Sql = sql`now() - interval '365 days'`;
const none: CountedRequests = { open: 0, overdue: 0, settled: 0, medianSeconds: null, inFive: 0, inThirty: 0 };

/** Measures how long requests take: those of a workspace, or all of the deployment. */
@Injectable()
export class CountRequests {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly operators: RequireOperator,
  ) {}

  /** Those of the member's workspace, by its own clock. */
  async ofWorkspace({ workspaceId }: MemberActor): Promise<PrivacyFigures> {
    const counted = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<CountedRequests>(sql`
        select count(*) filter (where r.completed_at is null)::int as open,
               count(*) filter (where r.completed_at is null and coalesce(r.extended_until, r.due_at) < now())::int as overdue,
               count(r.completed_at)::int as settled,
               percentile_cont(0.5) within group (order by extract(epoch from r.completed_at - r.received_at)::float8)
                 filter (where r.completed_at is not null) as "medianSeconds",
               count(*) filter (where r.completed_at is not null and business_days(r.received_at, r.completed_at, w.timezone) <= 5)::int as "inFive",
               count(*) filter (where r.completed_at <= r.received_at + interval '30 days')::int as "inThirty"
          from privacy_requests r join workspaces w on w.id = r.workspace_id
         where r.workspace_id = ${workspaceId} and (r.completed_at is null or r.completed_at >= ${since})`),
    );
    return figuresOf(counted ?? none);
  }

  /** Those of all workspaces and of none, for those who run the deployment: numbers alone. */
  async ofInstance(user: UserActor): Promise<PrivacyFigures> {
    await this.operators.run(user);
    const counted = await this.system.first<CountedRequests>(sql`
      select open, overdue, settled, median_seconds as "medianSeconds", in_five as "inFive", in_thirty as "inThirty"
        from privacy_figures(${since})`);
    return figuresOf(counted ?? none);
  }
}
