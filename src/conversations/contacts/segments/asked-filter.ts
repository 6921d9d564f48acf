import { Injectable } from '@nestjs/common';
import { Channels } from '../../../channels/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { type CheckedFilter, checkContactFilter } from './check-contact-filter.js';
import type { ContactFilter } from './contact-filter.input.js';
import { ContactRules } from './contact-rules.js';
import { filterConditions } from './filter-conditions.js';

/** What filters of contacts ask of the database. */
@Injectable()
export class AskedFilter {
  constructor(
    private readonly channels: Channels,
    private readonly rules: ContactRules,
  ) {}

  /** Participant. A filter as it is kept; throws for one that cannot be asked. */
  checked(tx: WorkspaceTransaction, filter: ContactFilter): Promise<CheckedFilter> {
    return checkContactFilter(tx, this.channels, filter);
  }

  /** Participant. What a filter asks of `contacts k`; throws for one that cannot be asked. */
  async conditions(tx: WorkspaceTransaction, filter: ContactFilter): Promise<Sql[]> {
    return filterConditions(tx, this.rules, await this.checked(tx, filter));
  }

  /** Participant. What a kept filter asks of `contacts k`; of a channel that is gone nobody has an address. */
  kept(tx: WorkspaceTransaction, filter: CheckedFilter): Promise<Sql[]> {
    return filterConditions(tx, this.rules, filter);
  }

  /** Participant. How many contacts meet conditions. */
  async count(tx: WorkspaceTransaction, conditions: readonly Sql[]): Promise<number> {
    const met = conditions.reduce((all, condition) => sql`${all} and ${condition}`, sql``);
    const row = await tx.first<{ contacts: number }>(sql`
      select count(*)::int as contacts from contacts k
       where k.workspace_id = ${tx.workspaceId} and k.merged_into is null ${met}`);
    return row?.contacts ?? 0;
  }
}
