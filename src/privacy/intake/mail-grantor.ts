import { Injectable } from '@nestjs/common';
import { Grantors } from '../../channels/index.js';
import { SystemDatabase, Workspaces, sql } from '../../platform/database/index.js';
import { PrivacyRequestOrigin } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { RequestNotices } from './request-notices.js';
import type { RequestRow } from './request.row.js';

/** Whom Meta's call is about may be somebody who works here and connected a channel: they are written to as well. */
@Injectable()
export class MailGrantor {
  constructor(
    private readonly grantors: Grantors,
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
  ) {}

  /** The request with the address that it is answered at, where there is one now. */
  async run(row: RequestRow): Promise<RequestRow> {
    const person = row.details.hints.externalId;
    if (row.origin !== PrivacyRequestOrigin.META || row.details.replyTo !== null || person === undefined) return row;
    const replyTo = await this.addressOf(person);
    if (replyTo === null) return row;
    return this.system.run(async (tx) => {
      const held = await this.requests.lock(tx, row.id);
      const addressed = { ...held, details: { ...held.details, replyTo } };
      await this.notices.tell(tx, addressed, 'received');
      return this.requests.save(tx, addressed);
    });
  }

  private async addressOf(person: string): Promise<string | null> {
    for (const { workspaceId, channelId } of await this.grantors.channelsOf('meta', person)) {
      const member = await this.workspaces.read(workspaceId, (tx) =>
        tx.first<{ email: string }>(sql`
          select u.email from channels h
            join members m on m.workspace_id = h.workspace_id and m.id = h.connected_by join users u on u.id = m.user_id
           where h.workspace_id = ${workspaceId} and h.id = ${channelId}`),
      );
      if (member !== null) return member.email;
    }
    return null;
  }
}
