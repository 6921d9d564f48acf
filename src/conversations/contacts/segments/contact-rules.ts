import { Injectable } from '@nestjs/common';
import { type Sql, sql } from '../../../platform/database/index.js';

/** What modules that know more of people say of them to segments: conditions over `contacts k`, true or false. */
@Injectable()
export class ContactRules {
  private lead: Sql = sql`false`;

  /** Says who is a lead. */
  isLead(condition: Sql): void {
    this.lead = condition;
  }

  /** The condition that somebody is a lead. */
  get leads(): Sql {
    return this.lead;
  }
}
