import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** How many bytes of files each workspace keeps, counted by the database with the rows themselves, and how many it may. */
export class FileRoom1763700750000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table files add column small_size integer not null default 0 check (small_size >= 0)`);
    // `most_bytes` stands above the server's own limit, for this workspace; `told_at`: when its owners last heard of it.
    await runner.query(`
      create table file_room (
        workspace_id uuid primary key references workspaces (id) on delete cascade,
        bytes bigint not null default 0,
        most_bytes bigint check (most_bytes >= 0),
        told_at timestamptz
      )`);
    await tenantTable(runner, 'file_room');
    await runner.query(`
      insert into file_room (workspace_id, bytes) select workspace_id, sum(size + small_size) from files group by workspace_id`);
    // Whoever adds a file holds the workspace's row until the end of the transaction: two cannot both take the last room.
    await runner.query(`
      create function count_added_files() returns trigger language plpgsql as $$
      begin
        insert into file_room as room (workspace_id, bytes)
        select workspace_id, sum(size::bigint + small_size) from added group by workspace_id order by workspace_id
        on conflict (workspace_id) do update set bytes = room.bytes + excluded.bytes;
        return null;
      end $$`);
    await runner.query(`
      create function count_removed_files() returns trigger language plpgsql as $$
      begin
        update file_room room set bytes = room.bytes - gone.bytes
          from (select workspace_id, sum(size::bigint + small_size) as bytes from removed group by workspace_id) gone
         where room.workspace_id = gone.workspace_id;
        return null;
      end $$`);
    await runner.query(`
      create trigger added_files after insert on files referencing new table as added
        for each statement execute function count_added_files()`);
    await runner.query(`
      create trigger removed_files after delete on files referencing old table as removed
        for each statement execute function count_removed_files()`);

    // What a customer sent and could not be taken: since when it waits for room, and why it cannot be opened, in words.
    await runner.query(`alter table attachments add column waits_since timestamptz, add column trouble text`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
