import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** The receipts of erasures: one chain for the instance, which can be added to and not rewritten. */
export class ErasureReceipts1763730000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Outside row security: a receipt has to be there when the workspace is not. It holds counts and keyed digests.
    await runner.query(`
      create table erasure_receipts (
        id uuid primary key,
        seq bigint not null,
        erasure_id uuid not null unique,
        scope text not null,
        subject_digest text not null,
        erased jsonb not null,
        retained jsonb not null,
        completed_at timestamptz not null,
        previous_hash text not null unique,
        hash text not null unique,
        signature text not null,
        key_id text not null
      )`);
    // That two never follow the same one, and so never have one number, is what previous_hash says.
    await runner.query(`create index erasure_receipts_in_order on erasure_receipts (seq)`);
    await grantRows(runner, 'erasure_receipts', ['select', 'insert']);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
