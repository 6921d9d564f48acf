import { Injectable } from '@nestjs/common';
import { type RequestContext, userOf } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { changingMembers } from '../members/standing.js';
import { MembershipType } from '../users/user.type.js';
import { ReadWorkspace } from '../workspaces/read-workspace.js';
import { readInvitationToken } from './invitation-token.js';
import { type Acceptance, type Invited, OpenInvitedAccount } from './open-invited-account.js';
import { RedeemInvitation, notValid } from './redeem-invitation.js';

/** The person who was invited joins: signed in as the address that was invited, or with a new account for it. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly redemption: RedeemInvitation,
    private readonly accounts: OpenInvitedAccount,
    private readonly read: ReadWorkspace,
  ) {}

  async run(acceptance: Acceptance, request: RequestContext): Promise<MembershipType> {
    const invited = await this.find(acceptance.token);
    const self = userOf(request.actor);
    const role =
      self === null
        ? await this.accounts.run(invited, acceptance, request)
        : await this.workspaces.run(
            invited.workspaceId,
            (tx) => this.redemption.redeem(tx, invited.hash, self, request.origin),
            changingMembers,
          );
    return Object.assign(new MembershipType(), { workspace: await this.read.byId(invited.workspaceId), role });
  }

  // Looked up before anything costly is done for it; the transaction that redeems it looks again.
  private async find(token: string): Promise<Invited> {
    const given = readInvitationToken(token);
    const row =
      given === null
        ? null
        : await this.workspaces.read(given.workspaceId, (tx) =>
            tx.first<{ email: string }>(sql`
              select email from invitations
               where workspace_id = ${tx.workspaceId} and token_hash = ${given.hash} and expires_at > now()`),
          );
    if (given === null || row === null) throw notValid();
    return { ...given, email: row.email };
  }
}
