import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/index.js';
import { ConversationsModule } from '../conversations/index.js';
import { ExportsController, accessProviders } from './access/index.js';
import { AccountsModule } from '../accounts/index.js';
import { LeadsModule, ShopifyModule } from '../leads/index.js';
import { FinishRestore } from './backup/finish-restore.js';
import { PendingRestore } from './backup/pending-restore.js';
import { PruneBackupsDaily } from './backup/prune-backups-daily.js';
import { EraseSubject, Erasures, ReplayErasures, erasureProviders } from './erasure/index.js';
import { holdProviders } from './holds/index.js';
import { intakeControllers, intakeProviders } from './intake/index.js';
import { loginProviders } from './logins/index.js';
import { mailboxProviders } from './mailbox/index.js';
import { JournalModule } from './journal/journal.module.js';
import { ProofModule } from './proof/proof.module.js';
import { AccessJournal } from './replay/access-journal.js';
import { ReplayAccess } from './replay/replay-access.js';
import { residueProviders } from './residue/index.js';
import { ReplayPrivacy } from './replay/replay-privacy.js';
import { retentionProviders } from './retention/index.js';

/** Requests, erasure, export, holds, the erasure journal, receipts, backup and restore. */
@Module({
  imports: [
    AccountsModule,
    ChannelsModule,
    ConversationsModule,
    LeadsModule,
    ShopifyModule,
    JournalModule,
    ProofModule,
  ],
  controllers: [...intakeControllers, ExportsController],
  providers: [
    ...intakeProviders,
    ...mailboxProviders,
    ...accessProviders,
    PruneBackupsDaily,
    PendingRestore,
    FinishRestore,
    AccessJournal,
    ReplayAccess,
    ReplayPrivacy,
    ...erasureProviders,
    ...holdProviders,
    ...loginProviders,
    ...retentionProviders,
    ...residueProviders,
  ],
  exports: [EraseSubject, Erasures, ReplayErasures],
})
export class PrivacyModule {}
