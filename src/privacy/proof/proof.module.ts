import { Module } from '@nestjs/common';
import { ProofController } from './proof.controller.js';
import { Receipts } from './receipts.js';
import { SigningKeys } from './signing-keys.js';

/** The receipts of erasures, and what it takes to check them. */
@Module({
  controllers: [ProofController],
  providers: [Receipts, SigningKeys],
  exports: [Receipts, SigningKeys],
})
export class ProofModule {}
