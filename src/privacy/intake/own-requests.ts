import { Injectable } from '@nestjs/common';
import type { UserActor } from '../../platform/access/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';
import { checkNote, checkRectification } from './open-privacy-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import { stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';

const mostOpen = 10;

/** What is asked. */
export interface OwnRequest {
  readonly kind: PrivacyRequestKind;
  readonly note: string | null | undefined;
  readonly rectification: unknown;
}

/** What the people who work here ask for themselves: about their account, for which the operator is the controller. */
@Injectable()
export class OwnRequests {
  constructor(
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  /** The signed-in person's own, the newest first. */
  list({ userId }: UserActor): Promise<RequestRow[]> {
    return this.system.run((tx) => this.requests.select(tx, sql`user_id = ${userId} order by id desc limit 100`));
  }

  /** Opens one. Being signed in proves who asks. */
  async open({ userId }: UserActor, { kind, note, rectification }: OwnRequest): Promise<RequestRow> {
    const asked = { note: checkNote(note), rectification: checkRectification(rectification) };
    return this.system.run(async (tx) => {
      const user = await tx.first<{ email: string; open: number }>(sql`
        select email, (select count(*)::int from instance_privacy_requests where user_id = u.id and completed_at is null) as open
          from users u where id = ${userId} for update`);
      if (user === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'Sign in first.');
      if (user.open >= mostOpen)
        throw new DomainError(
          ErrorCode.CONFLICT,
          'Several requests of yours are being worked on. Wait for an answer first.',
          { reason: 'REQUESTS_MANY' },
        );
      const row = await this.requests.open(tx, {
        kind,
        origin: PrivacyRequestOrigin.DASHBOARD,
        hints: { email: user.email },
        replyTo: user.email,
        userId,
        own: true,
        proved: true,
        ...asked,
      });
      await this.notices.tell(tx, row, 'received');
      const name = nameIn(asked.rectification);
      if (kind !== PrivacyRequestKind.RECTIFY || name === null) return row;
      await tx.execute(sql`update users set name = ${name} where id = ${userId}`);
      const right = { ...row, details: { ...row.details, rectification: null, rectified: ['name'] } };
      await this.notices.tell(tx, row, 'rectified', { words: 'name' });
      return this.requests.save(tx, stepTo(right, PrivacyRequestStatus.COMPLETED, 'What was wrong is put right.'));
    });
  }
}

/** The one thing that is put right by itself: an address is changed in the settings, where it is proved. */
function nameIn(rectification: unknown): string | null {
  if (typeof rectification !== 'object' || rectification === null) return null;
  const [[field, value] = ['', null], ...more] = Object.entries(rectification);
  if (field !== 'name' || typeof value !== 'string' || more.length > 0) return null;
  const name = value.replace(/\s+/gu, ' ').trim();
  return name !== '' && name.length <= 100 && /^\P{Cc}*$/u.test(name) ? name : null;
}
