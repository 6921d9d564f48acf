import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/**
 * Who is here: a row for each member and process, which says itself how long it holds. A process that is killed takes
 * nobody with it who is at another one, and those who were at it alone are gone when their time is up.
 */
export class Presences1763720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No reference to members: one who was removed a moment ago must not spoil the beat of all others.
    await runner.query(`
      create table presences (
        workspace_id uuid not null,
        member_id uuid not null,
        process uuid not null,
        until timestamptz not null,
        primary key (workspace_id, member_id, process)
      ) with (fillfactor = 50)`);
    await grantRows(runner, 'presences');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
