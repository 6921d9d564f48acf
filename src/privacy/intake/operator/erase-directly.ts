import { Injectable } from '@nestjs/common';
import type { RequestOrigin, UserActor } from '../../../platform/access/index.js';
import { DomainError, ErrorCode } from '../../../platform/errors/index.js';
import { PrivacyRequestKind, PrivacyRequestStatus } from '../enums.js';
import { FulfilRequest } from '../fulfil-request.js';
import { stepTo } from '../request-steps.js';
import type { RequestRow } from '../request.row.js';
import { checkWords } from '../settle-request.js';
import { SettleForWorkspace } from './settle-for-workspace.js';

const { IN_PROGRESS } = PrivacyRequestStatus;

/** An operator erases in place of the controller, on a ground that the law gives and that is written down. */
@Injectable()
export class EraseDirectly {
  constructor(
    private readonly settle: SettleForWorkspace,
    private readonly fulfil: FulfilRequest,
  ) {}

  async run(user: UserActor, origin: RequestOrigin, id: string, given: string): Promise<RequestRow> {
    const basis = checkWords('legalBasis', given);
    return this.settle.run(user, origin, { id, action: 'privacy-request.erase-directly' }, async (tx, row) => {
      if (row.contactIds.length === 0)
        throw new DomainError(
          ErrorCode.CONFLICT,
          'Nobody is found yet: a member of the workspace says whom it is about.',
          { reason: 'NOBODY_FOUND' },
        );
      const erasing = stepTo(row, IN_PROGRESS, 'The operator erases directly, on this ground:', basis);
      const kind = PrivacyRequestKind.ERASE;
      return this.fulfil.run(tx, { ...erasing, kind, verifiedAt: row.verifiedAt ?? new Date() }, 'system');
    });
  }
}
