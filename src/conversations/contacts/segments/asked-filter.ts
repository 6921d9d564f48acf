import { Injectable } from '@nestjs/common';
import { Channels } from '../../../channels/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { type CheckedFilter, checkContactFilter } from './check-contact-filter.js';
import type { ContactFilter } from './contact-filter.input.js';
import { ContactRules } from './contact-rules.js';
import { type AskedConditions, filterConditions } from './filter-conditions.js';
import { findFew, lookupOf } from './find-few.js';
import { type Reading, readFirst } from './read-first.js';

/** Who is looked for; null where it does not matter. */
interface Wanted {
  readonly filter: ContactFilter | null;
  readonly tag: string | null;
}

const nothing: AskedConditions = { seen: [], others: [] };

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
    return this.kept(tx, await this.checked(tx, filter));
  }

  /** Participant. What a kept filter asks of `contacts k`; of a channel that is gone nobody has an address. */
  async kept(tx: WorkspaceTransaction, filter: CheckedFilter): Promise<Sql[]> {
    const { seen, others } = await filterConditions(tx, this.rules, filter);
    const lookup = lookupOf(filter);
    const few = lookup === null ? null : await findFew(tx, lookup);
    return [...(few === null ? [] : [few]), ...seen, ...others];
  }

  /** Participant. Reads the first of those who have a label and meet a filter; throws for one that cannot be asked. */
  async first<Row>(tx: WorkspaceTransaction, { filter, tag }: Wanted, reading: Reading<Row>): Promise<Row[]> {
    const checked = filter === null ? {} : await this.checked(tx, filter);
    const { seen, others } = filter === null ? nothing : await filterConditions(tx, this.rules, checked);
    const tags = tag === null ? [] : [tag];
    const conditions = { seen, others: [...others, sql`k.tags @> ${tags}::text[]`] };
    return readFirst(tx, lookupOf({ ...checked, tags: [...(checked.tags ?? []), ...tags] }), conditions, reading);
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
