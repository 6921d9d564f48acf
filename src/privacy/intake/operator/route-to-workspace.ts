import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../../platform/access/index.js';
import { isUuid } from '../../../platform/database/index.js';
import { notFound } from '../../../platform/errors/index.js';
import { AdoptRequest } from '../adopt-request.js';
import type { RequestRow } from '../request.row.js';
import { RequireOperator } from './require-operator.js';

/** An operator gives a request that nobody owns to the workspace that it is about. */
@Injectable()
export class RouteToWorkspace {
  constructor(
    private readonly operators: RequireOperator,
    private readonly adopting: AdoptRequest,
  ) {}

  async run(user: UserActor, id: string, workspaceId: string): Promise<RequestRow> {
    await this.operators.run(user);
    if (!isUuid(workspaceId)) throw notFound('Workspace');
    const [request, workspace] = [id.toLowerCase(), workspaceId.toLowerCase()];
    const row = await this.adopting.run(request, workspace, [], 'The operator gave it to this workspace.');
    return row;
  }
}
