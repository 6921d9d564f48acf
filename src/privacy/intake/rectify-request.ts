import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { PrivacyRequestKind } from './enums.js';
import { FulfilRequest } from './fulfil-request.js';
import { checkRectification } from './open-privacy-request.js';
import { rectificationOf } from './rectification.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest } from './settle-request.js';

/** A member puts right what somebody asked for in words: on the contact and in the request, in one step. */
@Injectable()
export class RectifyRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly fulfil: FulfilRequest,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: unknown): Promise<RequestRow> {
    const rectification = checkRectification(given);
    if (rectificationOf(rectification) === null)
      throw badInput('rectification', 'Say what is right, such as {"name": "Grace Hopper"}.', 'RECTIFY_WHAT');
    return this.settle.run(member, origin, { id, action: 'privacy-request.rectify' }, (tx, row) => {
      requireReady(row);
      return this.fulfil.run(tx, { ...row, details: { ...row.details, rectification } }, member);
    });
  }
}

function requireReady({ kind, verifiedAt, contactIds }: RequestRow): void {
  if (kind !== PrivacyRequestKind.RECTIFY)
    throw new DomainError(ErrorCode.CONFLICT, 'It asks for no correction. Say first what it asks for.', {
      reason: 'RECTIFY_KIND',
    });
  if (verifiedAt === null)
    throw new DomainError(ErrorCode.CONFLICT, 'Who asks has to be shown first: ask for proof, or vouch for them.', {
      reason: 'RECTIFY_UNPROVED',
    });
  if (contactIds.length !== 1)
    throw new DomainError(ErrorCode.CONFLICT, 'Say first which one contact it is about.', { reason: 'RECTIFY_ONE' });
}
