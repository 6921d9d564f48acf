import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks whose secret is each channel's own, and customers who can be reached no more until they say otherwise. */
export class ChannelWebhooks1763700710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table channels add column webhook_secret bytea`);
    // Two times that only rise, so that what a platform says of it may come in any order.
    await runner.query(
      `alter table conversations add column unreachable_at timestamptz, add column reachable_at timestamptz`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
