import { Injectable } from '@nestjs/common';
import type { RequestOrigin, UserActor } from '../../../platform/access/index.js';
import { PrivacyRequests } from '../privacy-requests.js';
import { stepTo } from '../request-steps.js';
import type { RequestRow } from '../request.row.js';
import { checkWords } from '../settle-request.js';
import { ControllerNotices } from './controller-notices.js';
import { SettleForWorkspace } from './settle-for-workspace.js';

/** An operator asks the workspace that a request was given to to erase: by mail, and in the request's steps. */
@Injectable()
export class AskController {
  constructor(
    private readonly settle: SettleForWorkspace,
    private readonly requests: PrivacyRequests,
    private readonly controllers: ControllerNotices,
  ) {}

  async run(user: UserActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const message = checkWords('message', given);
    return this.settle.run(user, origin, { id, action: 'privacy-request.ask-controller' }, async (tx, row) => {
      await this.controllers.tell(tx, row, message);
      return this.requests.save(tx, stepTo(row, row.status, 'The operator asks the controller to erase:', message));
    });
  }
}
