import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationDetails, NotificationKind, Notifications, Role } from '../../accounts/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { type SealedToken, Stores } from './stores.js';

/** Shopify took the access to a store away: those who can connect it again are told. */
@Injectable()
export class TellStores implements OnModuleInit {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly stores: Stores,
    private readonly notifications: Notifications,
    private readonly details: NotificationDetails,
  ) {}

  onModuleInit(): void {
    this.details.on(NotificationKind.CHANNEL_TROUBLE, troubles);
  }

  /** Shopify takes this token no more. Said once, and not where the store lives by another meanwhile. */
  async refused(workspaceId: string, id: string, opened: SealedToken): Promise<void> {
    await this.workspaces.run(workspaceId, async (tx) => {
      if (await this.stores.refuse(tx, id, opened)) await this.tell(tx);
    });
  }

  /** Participant. */
  tell(tx: WorkspaceTransaction): Promise<void> {
    return this.notifications.tell(tx, { kind: NotificationKind.CHANNEL_TROUBLE, roles: [Role.OWNER, Role.ADMIN] });
  }
}

async function troubles(tx: WorkspaceTransaction): Promise<string[]> {
  const rows = await tx.query<{ trouble: string }>(sql`
    select distinct trouble from shopify_stores
     where workspace_id = ${tx.workspaceId}
       and (trouble = 'TOKEN_REFUSED' or (trouble = 'UNINSTALLED' and disconnected_at > now() - interval '1 day'))`);
  return rows.map(({ trouble }) =>
    trouble === 'UNINSTALLED'
      ? 'Shopify: the app was removed from a store, so it is disconnected here.'
      : 'Shopify: a store takes the access no more. Connect it again in the Shopify settings.',
  );
}
