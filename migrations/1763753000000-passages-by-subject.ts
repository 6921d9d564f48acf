import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction } from './statements/tenant-table.js';

/**
 * A subject is asked and answered in many words, and each of them counted as a find of its own: a passage that says the
 * same in five ways outdid one that answers. Terms that mean the same are now one group, found and weighed as one; so
 * that a group may hold as many words as people use, it costs one look into the index.
 */
export class PassagesBySubject1763753000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // It is its owner's to drop, and the owner of the tables may act as that one.
    await runner.query('set local role parley_definer');
    await runner.query('drop function search_passages(text, uuid[], integer)');
    await runner.query('reset role');
    await definerFunction(
      runner,
      'search_passages(text, uuid[], integer)',
      `create function search_passages(p_query text, p_sources uuid[], p_limit integer)
         returns table (id uuid, rank real)
         language sql stable security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
           select hit.id, sum(found.weight)::real
             from unnest((string_to_array(p_query, ' ; '))[1:24]) as terms (text)
            cross join lateral (
              select array_agg(p.id) as ids, 0.1::float8 + ln(1000 / greatest(count(*), 1)::float8) as weight
                from (select p.id from passages p
                       where p.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
                         and p.tsv @@ to_tsquery('simple', terms.text) and not p.internal
                         and (p_sources is null or p.knowledge_id = any (p_sources))
                       limit 1000) p) found
            cross join lateral unnest(found.ids) as hit (id)
            group by hit.id order by 2 desc, 1 limit least(p_limit, 400)
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
