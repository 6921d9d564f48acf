import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp, definerFunction, readableByFunctions } from './statements/tenant-table.js';

/** How long requests under the law take: counted over all workspaces, without a word of any. */
export class PrivacyFigures1763740005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function business_days(p_from timestamptz, p_to timestamptz, p_zone text) returns integer
        language sql stable set search_path = pg_catalog as $$
          select count(*)::int
            from generate_series((p_from at time zone p_zone)::date + 1, (p_to at time zone p_zone)::date, interval '1 day') d
           where extract(isodow from d) < 6
        $$`);
    await callableByApp(runner, 'business_days(timestamptz, timestamptz, text)');
    await runner.query(`grant execute on function business_days(timestamptz, timestamptz, text) to parley_definer`);
    const columns = ['received_at', 'due_at', 'extended_until', 'completed_at'];
    await readableByFunctions(runner, 'privacy_requests', columns);
    await runner.query(`grant select (${columns.join(', ')}) on instance_privacy_requests to parley_definer`);
    await definerFunction(
      runner,
      'privacy_figures(timestamptz)',
      `create function privacy_figures(p_since timestamptz)
         returns table (open integer, overdue integer, settled integer, median_seconds float8, in_five integer, in_thirty integer)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select count(*) filter (where r.completed_at is null)::int,
                  count(*) filter (where r.completed_at is null and coalesce(r.extended_until, r.due_at) < now())::int,
                  count(r.completed_at)::int,
                  percentile_cont(0.5) within group (order by extract(epoch from r.completed_at - r.received_at)::float8)
                    filter (where r.completed_at is not null),
                  count(*) filter (where r.completed_at is not null and public.business_days(r.received_at, r.completed_at, 'UTC') <= 5)::int,
                  count(*) filter (where r.completed_at <= r.received_at + interval '30 days')::int
             from (select received_at, due_at, extended_until, completed_at from privacy_requests
                   union all
                   select received_at, due_at, extended_until, completed_at from instance_privacy_requests) r
            where r.completed_at is null or r.completed_at >= p_since
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
