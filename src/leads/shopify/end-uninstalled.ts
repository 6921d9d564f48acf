import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { StoreRow } from './store.row.js';
import { Stores } from './stores.js';
import { TellStores } from './tell-stores.js';

/** The app was removed from a store: it is disconnected, its token gone, and those who can connect it again are told. Participant. */
@Injectable()
export class EndUninstalled {
  constructor(
    private readonly stores: Stores,
    private readonly audit: AuditLog,
    private readonly tell: TellStores,
  ) {}

  async run(tx: WorkspaceTransaction, store: StoreRow): Promise<void> {
    await this.stores.leave(tx, store);
    await this.stores.forget(tx, store.id, 'UNINSTALLED');
    this.audit.record(tx, { actor: 'system', action: 'shopify.uninstalled', target: store.id });
    await this.tell.tell(tx);
  }
}
