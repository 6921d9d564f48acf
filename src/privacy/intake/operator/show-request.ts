import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { SystemDatabase, Workspaces, isUuid } from '../../../platform/database/index.js';
import { PrivacyRequests } from '../privacy-requests.js';
import { RequestCodes } from '../request-codes.js';
import type { RequestRow } from '../request.row.js';
import { RequireOperator } from './require-operator.js';

/** Shows an operator one request, by its id or by the code with which somebody comes to them. */
@Injectable()
export class ShowRequest {
  constructor(
    private readonly operators: RequireOperator,
    private readonly codes: RequestCodes,
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
  ) {}

  /** Null where there is none. */
  async run(user: UserActor, given: string): Promise<RequestRow | null> {
    await this.operators.run(user);
    const asked = given.trim().toLowerCase();
    const place = isUuid(asked) ? await this.codes.placeOf(asked) : await this.codes.find(asked);
    if (place === null) return null;
    const { workspaceId, requestId } = place;
    if (workspaceId === null) return this.system.run((tx) => this.requests.byId(tx, requestId));
    return this.workspaces.run(workspaceId, (tx) => this.requests.byId(tx, requestId));
  }
}
