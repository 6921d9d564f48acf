import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/index.js';
import { PruneBackupsDaily } from './backup/prune-backups-daily.js';
import { intakeControllers, intakeProviders } from './intake/index.js';
import { ProofModule } from './proof/proof.module.js';

/** Requests, erasure, export, holds, the erasure journal, receipts, backup and restore. */
@Module({
  imports: [ConversationsModule, ProofModule],
  controllers: [...intakeControllers],
  providers: [...intakeProviders, PruneBackupsDaily],
})
export class PrivacyModule {}
