import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuid } from '../../platform/database/index.js';
import { PublicLinks } from '../../platform/mail/index.js';
import { KeyRing } from '../../platform/secrets/index.js';

/** A member of a workspace, as a link in a mail names them. */
export interface MailReader {
  readonly workspaceId: string;
  readonly memberId: string;
}

/** Links that end notification mails without signing in. They hold for ever, and for nothing else. */
@Injectable()
export class UnsubscribeLinks {
  constructor(
    private readonly links: PublicLinks,
    private readonly ring: KeyRing,
  ) {}

  linkFor(reader: MailReader): string {
    const [signature = ''] = this.signatures(reader);
    const query = { workspace: reader.workspaceId, member: reader.memberId, signature };
    return this.links.publicLink('/notifications/unsubscribe', query);
  }

  /** Whom a link is for; null for one that we never made. */
  read(workspaceId: unknown, memberId: unknown, signature: unknown): MailReader | null {
    if (typeof workspaceId !== 'string' || typeof memberId !== 'string' || typeof signature !== 'string') return null;
    if (!isUuid(workspaceId) || !isUuid(memberId)) return null;
    const reader = { workspaceId, memberId };
    const given = Buffer.from(signature);
    const ours = this.signatures(reader).map((text) => Buffer.from(text));
    return ours.some((one) => one.length === given.length && timingSafeEqual(one, given)) ? reader : null;
  }

  private signatures({ workspaceId, memberId }: MailReader): string[] {
    return this.ring
      .deriveAll('unsubscribe')
      .map((key) => createHmac('sha256', key).update(`${workspaceId} ${memberId}`).digest('base64url'));
  }
}
