import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LeavingSubscriptions } from '../../billing/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { WorkspaceDeleted } from '../accounts.events.js';
import { changingMembers } from '../members/standing.js';
import { requireRecentPassword } from '../sessions/recent-password.js';
import { Farewells } from './farewells.js';
import { workspaceDeleted } from './mails/workspace-deleted.js';
import { type Deletion, WorkspaceDeletions } from './workspace-deletions.js';

/**
 * An owner deletes the workspace. In one transaction nobody belongs to it any more, its accounts are nobody's and all its
 * work that was due is dropped, so nothing of it can be read or sent from the commit on; the job `delete-workspace` then
 * erases the rows.
 */
@Injectable()
export class DeleteWorkspace implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly deletions: WorkspaceDeletions,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly mails: Mails,
    private readonly holds: LegalHolds,
    private readonly subscriptions: LeavingSubscriptions,
    private readonly farewells: Farewells,
  ) {}

  onModuleInit(): void {
    this.mails.define(workspaceDeleted);
    // What it reads stands outside the workspace; the receipt waits for what it says.
    this.farewells.register({ kind: this.subscriptions.job, reads: [] });
  }

  async run(actor: MemberActor, confirmName: string): Promise<Deletion> {
    requireRecentPassword(actor);
    return this.workspaces.run(
      actor.workspaceId,
      async (tx) => {
        const workspace = await tx.first<{ name: string }>(
          sql`select name from workspaces where id = ${tx.workspaceId} for update`,
        );
        if (workspace === null || !(await this.isOwner(tx, actor))) throw notFound('Workspace');
        if (confirmName !== workspace.name) {
          throw new DomainError(
            ErrorCode.CONFIRMATION_MISMATCH,
            'That is not the name of this workspace. Type it exactly as it is shown; nothing was deleted.',
            { field: 'confirmName' },
          );
        }
        return this.begin(tx);
      },
      changingMembers,
    );
  }

  /**
   * Deletes the transaction's workspace, whose row it has locked. `again`: after a restore, whatever holds the backup knows,
   * and its owners were told already.
   */
  async begin(tx: WorkspaceTransaction, again = false): Promise<Deletion> {
    const { workspaceId } = tx;
    if (!again) await this.holds.refuseForWorkspace(tx);
    const deletion = await this.deletions.open(tx);
    if (!again) await this.tellOwners(tx, deletion);
    await tx.execute(
      sql`delete from due where existing_workspace_id = ${workspaceId} and (leased_until is null or leased_until < now())`,
    );
    await tx.execute(sql`delete from api_tokens where workspace_id = ${workspaceId}`);
    await tx.execute(sql`delete from invitations where workspace_id = ${workspaceId}`);
    await tx.execute(sql`update members set user_id = null where workspace_id = ${workspaceId}`);
    await this.subscriptions.begin(tx);
    await this.facts.announce(tx, new WorkspaceDeleted(workspaceId));
    this.outbox.schedule(tx, 'delete-workspace', deletion.id);
    return deletion;
  }

  // Not with the workspace's own mails, which go with it.
  private async tellOwners(tx: WorkspaceTransaction, { id, code }: Deletion): Promise<void> {
    const owners = await tx.query<{ email: string; workspace: string; locale: string }>(sql`
      select u.email, w.name as workspace, w.locale
        from members m join users u on u.id = m.user_id join workspaces w on w.id = m.workspace_id
       where m.workspace_id = ${tx.workspaceId} and m.role = 'OWNER'`);
    for (const { email, workspace, locale } of owners)
      await this.mails.queue(tx, {
        to: email,
        template: workspaceDeleted,
        locale: mailLocale(locale),
        values: { workspace, code },
      });
    await this.deletions.keepOwners(
      tx,
      id,
      owners.map(({ email, locale }) => ({ email, locale })),
    );
  }

  // Whoever lost the right while this waited for the workspace's row has lost it.
  private async isOwner(tx: WorkspaceTransaction, actor: MemberActor): Promise<boolean> {
    const row = await tx.first(sql`
      select 1 from members where workspace_id = ${tx.workspaceId} and id = ${actor.memberId} and user_id = ${actor.userId} and role = 'OWNER'`);
    return row !== null;
  }
}
