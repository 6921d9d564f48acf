import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { SystemDatabase } from '../../../platform/database/index.js';
import { type AskedRequests, ListRequests } from '../list-requests.js';
import { RequireOperator } from './require-operator.js';

/** Shows an operator the requests that no workspace owns, in the order in which they are to be worked on. */
@Injectable()
export class ListUnowned {
  constructor(
    private readonly operators: RequireOperator,
    private readonly system: SystemDatabase,
    private readonly lists: ListRequests,
  ) {}

  async run(user: UserActor, asked: AskedRequests): ReturnType<ListRequests['run']> {
    await this.operators.run(user);
    return this.system.run((tx) => this.lists.run(tx, asked));
  }
}
