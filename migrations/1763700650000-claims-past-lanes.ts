import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp } from './statements/tenant-table.js';

/**
 * A claim may leave lanes out: those of which so much is at work already that more of it would only stand in the way of
 * the others. And it says of which lane each delivery is.
 */
export class ClaimsPastLanes1763700650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function claim_deliveries(integer, interval)`);
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
