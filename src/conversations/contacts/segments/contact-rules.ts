import { Injectable } from '@nestjs/common';
import { type Sql, sql } from '../../../platform/database/index.js';

/** What modules that know more of people say about who is in a segment: conditions over `contacts k`, true or false. */
@Injectable()
export class ContactRules {
  private lead: Sql = sql`false`;
  private readonly left: Sql[] = [];

  /** Whether somebody is a lead. */
  isLead(condition: Sql): void {
    this.lead = condition;
  }

  /** Who is in no segment, whatever it asks for. */
  leavesOut(condition: Sql): void {
    this.left.push(condition);
  }

  /** The condition that somebody is a lead. */
  get leads(): Sql {
    return this.lead;
  }

  /** The conditions that everybody in a segment meets. */
  get always(): Sql[] {
    return this.left.map((condition) => sql`not (${condition})`);
  }
}
