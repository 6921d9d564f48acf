import { Module } from '@nestjs/common';

/** Requests, erasure, export, holds, the erasure journal, receipts, backup and restore. */
@Module({})
export class PrivacyModule {}
