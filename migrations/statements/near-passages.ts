import { currentWorkspace } from './tenant-table.js';

export const nearPassagesSignature = 'near_passages(bit varying, text, uuid[], integer)';

/** Dimensions that models give; vectors of others are compared without an index over their meaning. */
export const indexedDimensions = [256, 384, 512, 768, 1024, 1536, 2048, 3072] as const;

/** With fewer, to compare all of them takes a few milliseconds and misses nothing. */
const leastIndexed = 5_000;
/** An index over all workspaces is walked from near to far: where most of what it meets is others', it is the long way. */
const leastShare = 0.25;

/**
 * The function that gives the passages of a workspace whose vectors point most nearly where a question's does, told by
 * their signs. It runs with the rights of who calls it, so that row security holds inside as well. With the extension
 * `vector` it walks that one's index in large workspaces, and compares all where the index gave too few.
 */
export function nearPassages({ extensionSchema }: { readonly extensionSchema: string | null }): string {
  const head = `create or replace function near_passages(p_signs bit varying, p_mark text, p_sources uuid[], p_limit integer)
         returns setof uuid`;
  // A scan of the index that holds the signs; read any other way, 50,000 passages come off their pages for it.
  const plan = `set enable_seqscan = off set enable_bitmapscan = off`;
  if (extensionSchema === null)
    return `${head}
         language sql stable set search_path = pg_catalog, public ${plan} as $$
           ${comparedAll}
         $$`;
  return `${head}
         language plpgsql stable set search_path = pg_catalog, public, ${extensionSchema} ${plan} set enable_sort = off
         set hnsw.iterative_scan = relaxed_order set hnsw.ef_search = 400 as $$
         declare
           of_workspace bigint;
           found uuid[];
         begin
           if length(p_signs) in (${indexedDimensions.join(', ')}) then
             select count(*) into of_workspace from passages p
              where p.workspace_id = ${currentWorkspace} and p.embedded_with = p_mark and not p.internal and p.embedding_signs is not null;
             if of_workspace > ${String(leastIndexed)}
                and of_workspace > ${String(leastShare)} * (select c.reltuples from pg_class c where c.oid = 'passages'::regclass) then
               execute format($walk$
                 select array(
                   select p.id from passages p
                    where ${sound('$2', '$3')} and length(p.embedding_signs) = %1$s
                    order by p.embedding_signs::bit(%1$s) <~> $1::bit(%1$s) limit least($4, 1000))
               $walk$, length(p_signs)) into found using p_signs, p_mark, p_sources, p_limit;
               if cardinality(found) = least(p_limit, 1000) then
                 return query select unnest(found);
                 return;
               end if;
             end if;
           end if;
           return query ${comparedAll};
         end
         $$`;
}

function sound(mark: string, sources: string): string {
  return `p.workspace_id = ${currentWorkspace} and p.embedded_with = ${mark} and not p.internal and p.embedding_signs is not null
                      and p.knowledge_id = any (array(
                        select k.id from knowledge_sources k
                         where k.workspace_id = ${currentWorkspace} and k.status = 'READY' and not k.internal
                           and (${sources} is null or k.id = any (${sources}))))`;
}

const comparedAll = `select p.id from passages p
            where ${sound('p_mark', 'p_sources')} and length(p.embedding_signs) = length(p_signs)
            order by bit_count(p.embedding_signs # p_signs) limit least(p_limit, 1000)`;
