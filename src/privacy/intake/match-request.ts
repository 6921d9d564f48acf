import { Injectable } from '@nestjs/common';
import { lockContacts } from '../../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { badInput } from '../../platform/errors/index.js';
import { FulfilRequest } from './fulfil-request.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { SettleRequest } from './settle-request.js';

const most = 20;

/** A member says which contacts a request is about, where what was given did not tell. */
@Injectable()
export class MatchRequest {
  constructor(
    private readonly settle: SettleRequest,
    private readonly fulfil: FulfilRequest,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, id: string, given: readonly string[]): Promise<RequestRow> {
    const ids = [...new Set(given.map((one) => one.toLowerCase()))];
    if (ids.length === 0) throw badInput('contactIds', 'Say which contacts it is about.', 'MATCH_WHOM');
    if (ids.length > most)
      throw badInput('contactIds', `At most ${String(most)}, please.`, 'TOO_MANY', { most: String(most) });
    return this.settle.run(member, origin, { id, action: 'privacy-request.match' }, async (tx, row) => {
      const contactIds = (await lockContacts(tx, ids)).map((contact) => contact.id);
      const matched = stepTo(row, row.status, 'A member said whom it is about.');
      return this.fulfil.run(tx, { ...matched, contactIds }, member);
    });
  }
}
