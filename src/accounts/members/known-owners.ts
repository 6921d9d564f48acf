import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type WorkspaceOwner, WorkspaceOwners, mailLocale } from '../../platform/mail/index.js';

/** Whom modules further left write to about a workspace: its owners, where they have shown that their address is theirs. */
@Injectable()
export class KnownOwners extends WorkspaceOwners {
  async of(tx: WorkspaceTransaction): Promise<readonly WorkspaceOwner[]> {
    const owners = await tx.query<Omit<WorkspaceOwner, 'locale'> & { locale: string }>(sql`
      select u.email, u.name, u.locale, w.name as workspace
        from members m join users u on u.id = m.user_id join workspaces w on w.id = m.workspace_id
       where m.workspace_id = ${tx.workspaceId} and m.role = 'OWNER' and u.email_verified_at is not null
       order by m.joined_at, m.id`);
    return owners.map((owner) => ({ ...owner, locale: mailLocale(owner.locale) }));
  }
}
