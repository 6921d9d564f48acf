import { Module } from '@nestjs/common';
import { ProofModule } from './proof/proof.module.js';

/** Requests, erasure, export, holds, the erasure journal, receipts, backup and restore. */
@Module({
  imports: [ProofModule],
})
export class PrivacyModule {}
