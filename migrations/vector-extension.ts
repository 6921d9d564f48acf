import { indexedDimensions, nearPassages, nearPassagesSignature } from './statements/near-passages.js';

/** Runs one statement as the owner of the tables, outside a transaction. */
type OwnersQuery = (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

interface Standing {
  readonly compares: boolean;
  readonly walks: boolean | null;
  readonly offered: boolean;
  readonly schema: string | null;
  readonly version: string | null;
}

/** The first version that goes on looking where the first of what is near belongs to others. */
const leastVersion = [0, 8] as const;

/**
 * Lets the search by meaning use the extension `vector` (pgvector) where the database has it: an index over the signs of
 * vectors for each usual number of dimensions, and the function that walks it. No table is another for it, so a backup of
 * such a database goes into any other. Asked after the migrations, at each start: the extension may come, and go, later.
 */
export async function useVectorExtension(query: OwnersQuery, log: (line: string) => void): Promise<void> {
  const standing = await standingOf(query);
  if (!standing.compares) return;
  const schema = await extensionSchema(query, standing, log);
  if (schema === null) {
    // It was there once: without it the function would fail.
    if (standing.walks === true) await query(nearPassages({ extensionSchema: null }));
    return;
  }
  for (const dimensions of indexedDimensions) {
    const size = String(dimensions);
    await query(`
      create index if not exists passages_near_${size} on passages
        using hnsw ((embedding_signs::bit(${size})) ${schema}.bit_hamming_ops)
        where length(embedding_signs) = ${size} and not internal`);
  }
  await query(nearPassages({ extensionSchema: schema }));
  if (standing.walks !== true) log('large workspaces are searched by the index of the extension "vector" from now on');
}

async function standingOf(query: OwnersQuery): Promise<Standing> {
  const [row] = await query(`
    select f.oid is not null as compares, f.prosrc like '%<~>%' as walks,
           exists (select from pg_available_extensions where name = 'vector') as offered,
           quote_ident(n.nspname) as schema, e.extversion as version
      from (select to_regprocedure('public.${nearPassagesSignature}') as oid) named
      left join pg_proc f on f.oid = named.oid
      left join pg_extension e on e.extname = 'vector'
      left join pg_namespace n on n.oid = e.extnamespace`);
  return row as unknown as Standing;
}

/** Where the extension is; null where it is not, or is too old. */
async function extensionSchema(
  query: OwnersQuery,
  { offered, schema, version }: Standing,
  log: (line: string) => void,
): Promise<string | null> {
  if (schema === null) {
    if (!offered) return null;
    try {
      await query('create extension if not exists vector with schema public');
    } catch {
      log(
        'the database offers the extension "vector", but its owner may not create it: have an administrator run "create extension vector"',
      );
      return null;
    }
    const created = await standingOf(query);
    return extensionSchema(query, { ...created, offered: false }, log);
  }
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major > leastVersion[0] || minor >= leastVersion[1]) return schema;
  log(
    `the extension "vector" ${version ?? ''} is too old to be used: "alter extension vector update" brings it to 0.8 or later`,
  );
  return null;
}
