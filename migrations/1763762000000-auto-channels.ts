import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where, and at which hours, a bot answers by itself: each channel by a choice of its own. */
export class AutoChannels1763762000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table bot_channels add column auto boolean not null default false`);
    await runner.query(
      `alter table bots add column auto_hours text not null default 'ALWAYS' check (auto_hours in ('ALWAYS', 'OPEN', 'CLOSED'))`,
    );
    // Those who answer by themselves today were set to it, together with their channels.
    await runner.query(`
      update bot_channels bc set auto = true from bots b
       where b.workspace_id = bc.workspace_id and b.id = bc.bot_id and b.mode = 'AUTO'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
