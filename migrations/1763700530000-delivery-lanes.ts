import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp } from './statements/tenant-table.js';

/**
 * Waiting deliveries stand in lanes, by a hash of the account they seem to be of, and are claimed from all lanes in turn.
 * In one line, what one account is sent in bulk made everybody wait. The lane says nothing of what is in the delivery.
 */
export class DeliveryLanes1763700530000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table deliveries add column lane smallint not null default 0`);
    await runner.query(`drop index deliveries_waiting`);
    await runner.query(
      `create index deliveries_fresh on deliveries (lane, available_at, id) where set_aside_at is null and attempts = 0`,
    );
    await runner.query(
      `create index deliveries_tried on deliveries (available_at, id) where set_aside_at is null and attempts > 0`,
    );
    // The plan is fixed: a plan made while the table was small would read all of a backlog at each claim. For the same
    // reason the update names nothing but the key: it would go through all that waits. The lanes are found by skipping
    // from one to the next; one claims at a time, for two would pick the same rows. A claim ends where its deliveries come
    // to 8 MB, whatever their number: five hundred of the largest would be more than a process can hold. It may leave lanes
    // out: those of which so much is at work already that more of it would only stand in the way of the others.
    await runner.query(`
      create function claim_deliveries(p_limit integer, p_lease interval, p_left_out smallint[])
        returns table (id uuid, received_at timestamptz, provider text, lane smallint, body bytea, attempt integer)
        language plpgsql set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan
        set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
        set enable_material = off as $$
      #variable_conflict use_column
      declare
        v_bytes constant bigint := 8 * 1024 * 1024;
      begin
        perform pg_advisory_xact_lock(hashtext('parley.claim_deliveries'));
        return query
          with recursive lanes (lane) as (
            (select d.lane from deliveries d where d.set_aside_at is null and d.attempts = 0 order by d.lane limit 1)
            union all
            select (select d.lane from deliveries d
                     where d.set_aside_at is null and d.attempts = 0 and d.lane > lanes.lane order by d.lane limit 1)
              from lanes where lanes.lane is not null
          ), turns (lane) as (
            select lanes.lane from lanes where lanes.lane is not null and lanes.lane <> all (p_left_out)
          ), shares (share) as (
            select greatest(ceil(p_limit::float8 / greatest(count(turns.lane), 1)),
                            least(p_limit / 4, p_limit * 8 / greatest(count(turns.lane), 1)))::bigint from turns
          ), chosen as (
            select first.received_at, first.id, first.bytes, first.place
              from turns cross join lateral (
                select line.received_at, line.id, line.bytes, row_number() over (order by line.available_at, line.id) as place
                  from (select d.received_at, d.available_at, d.id, octet_length(d.body) as bytes from deliveries d
                         where d.set_aside_at is null and d.attempts = 0 and d.lane = turns.lane
                         order by d.available_at, d.id limit (select share from shares)) line) first
             order by first.place, first.id limit p_limit
          ), next as (
            select measured.received_at, measured.id
              from (select c.received_at, c.id, sum(c.bytes) over (order by c.place, c.id) - c.bytes as before from chosen c) measured
             where measured.before < v_bytes
          )
          update deliveries d set leased_until = now() + p_lease, attempts = 1
            from next
           where d.received_at = next.received_at and d.id = next.id
          returning d.id, d.received_at, d.provider, d.lane, d.body, d.attempts;
      end $$`);
    await callableByApp(runner, 'claim_deliveries(integer, interval, smallint[])');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
