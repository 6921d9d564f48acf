import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { nearPassages } from './statements/near-passages.js';
import { useVectorExtension } from './vector-extension.js';

// A Postgres with pgvector that npm brings along. All who use it share one session, so it serves for statements alone; that
// the wall between workspaces holds is proved on the real one, and here of what the index gives.
let database: PGlite;
const lines: string[] = [];
const query = async (text: string): Promise<Record<string, unknown>[]> =>
  (await database.query<Record<string, unknown>>(text)).rows;

const dimensions = 256;
const large = '00000000-0000-7000-8000-000000000001';
const small = '00000000-0000-7000-8000-000000000002';
const sources = {
  handbook: '00000000-0000-7000-8000-0000000000a1',
  rare: '00000000-0000-7000-8000-0000000000a2',
  others: '00000000-0000-7000-8000-0000000000b1',
} as const;

beforeAll(async () => {
  database = await PGlite.create({ extensions: { vector } });
  await database.exec(`
    select setseed(0.5);
    create role parley_app;
    create table knowledge_sources (workspace_id uuid, id uuid primary key, status text default 'READY', internal boolean default false);
    create table passages (workspace_id uuid, id uuid default gen_random_uuid() primary key, knowledge_id uuid, internal boolean default false,
                           embedded_with text default 'server model', embedding_signs bit varying(4096));
    alter table passages enable row level security;
    create policy workspace on passages
      using (workspace_id = (select nullif(current_setting('app.workspace_id', true), '')::uuid));
    grant select on passages, knowledge_sources to parley_app;
    insert into knowledge_sources (workspace_id, id) values
      ('${large}', '${sources.handbook}'), ('${large}', '${sources.rare}'), ('${small}', '${sources.others}');
    create function some_signs() returns bit varying language sql volatile as
      $$ select string_agg(case when random() < 0.5 then '1' else '0' end, '')::bit varying from generate_series(1, ${String(dimensions)}) $$;
    insert into passages (workspace_id, knowledge_id, embedding_signs)
      select '${large}', case when n <= 500 then '${sources.rare}'::uuid else '${sources.handbook}' end, some_signs() from generate_series(1, 5500) n;
    insert into passages (workspace_id, knowledge_id, embedding_signs)
      select '${small}', '${sources.others}', some_signs() from generate_series(1, 300);
    insert into passages (workspace_id, knowledge_id, embedding_signs, internal)
      select '${large}', '${sources.handbook}', some_signs(), true from generate_series(1, 20);
    insert into passages (workspace_id, knowledge_id, embedding_signs)
      select '${large}', '${sources.handbook}', repeat('1', 100)::bit varying from generate_series(1, 10);
    create index passages_near on passages (workspace_id, embedded_with) include (knowledge_id, id, embedding_signs)
      where not internal and embedding_signs is not null;
    analyze;`);
  await database.exec(nearPassages({ extensionSchema: null }));
}, 120_000);
afterAll(() => database.close());

/** What is near to a passage of a workspace, asked as the server asks. */
async function near(
  workspaceId: string,
  signs: string,
  of: readonly string[] | null,
  limit: number,
): Promise<string[]> {
  await database.exec(`select set_config('app.workspace_id', '${workspaceId}', false); set role parley_app`);
  try {
    const { rows } = await database.query<{ id: string }>(
      `select found.id from near_passages($1::text::bit varying, 'server model', $2::uuid[], $3) found (id)`,
      [signs, of, limit],
    );
    return rows.map(({ id }) => id);
  } finally {
    await database.exec(`reset role; select set_config('app.workspace_id', '', false)`);
  }
}

/** The signs of passages, of anywhere, a little changed: what is asked is near to something and equal to nothing. */
async function questions(count: number): Promise<string[]> {
  const rows = await query(`
    select overlay(embedding_signs placing ~substring(embedding_signs from 1 for 40) from 1)::text as signs
      from passages where length(embedding_signs) = ${String(dimensions)} and not internal order by md5(id::text) limit ${String(count)}`);
  return rows.map(({ signs }) => String(signs));
}

async function walks(): Promise<number> {
  await query('select pg_stat_force_next_flush()');
  const [row] = await query(
    `select coalesce(sum(idx_scan), 0)::int as count from pg_stat_user_indexes where indexrelname like 'passages\\_near\\_%'`,
  );
  return Number(row?.['count']);
}

async function kept(ids: readonly string[], condition: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `select count(*)::int as count from passages where id = any ($1::uuid[]) and (${condition})`,
    [ids],
  );
  return rows[0]?.count ?? 0;
}

describe('the extension "vector"', () => {
  const before = new Map<string, string[]>();

  it('is done without where the database has none: all passages are compared', async () => {
    for (const signs of await questions(10)) {
      before.set(signs, await near(large, signs, null, 20));
      expect(await kept(before.get(signs) ?? [], `workspace_id = '${large}' and not internal`)).toBe(20);
    }
    expect(await walks()).toBe(0);
  });

  it('is put to use at a start, once, and a second start changes nothing', async () => {
    await useVectorExtension(query, (line) => lines.push(line));
    await useVectorExtension(query, (line) => lines.push(line));
    expect(lines).toEqual(['large workspaces are searched by the index of the extension "vector" from now on']);
    const indexes = await query(`select 1 from pg_indexes where indexdef like '%hnsw%bit_hamming_ops%'`);
    expect(indexes).toHaveLength(8);
  });

  it('finds by its index what comparing all finds', async () => {
    const walked = await walks();
    let same = 0;
    for (const [signs, ids] of before) {
      const found = await near(large, signs, null, 20);
      expect(found).toHaveLength(20);
      same += found.filter((id) => ids.includes(id)).length;
    }
    expect(await walks()).toBe(walked + before.size);
    expect(same / (20 * before.size)).toBeGreaterThan(0.9);
  });

  it('keeps to the sources of a bot, and finds as many as there are', async () => {
    for (const signs of before.keys()) {
      const found = await near(large, signs, [sources.rare], 400);
      expect(found).toHaveLength(400);
      expect(await kept(found, `knowledge_id = '${sources.rare}'`)).toBe(400);
      expect(await near(large, signs, [sources.others], 20)).toEqual([]);
    }
  });

  it('finds nothing of another workspace, and nothing internal', async () => {
    const [signs = ''] = before.keys();
    const ofSmall = await near(small, signs, null, 400);
    expect(ofSmall).toHaveLength(300);
    expect(await kept(ofSmall, `workspace_id = '${small}'`)).toBe(300);
    const ofLarge = await near(large, signs, null, 1_000);
    expect(await kept(ofLarge, `workspace_id <> '${large}' or internal`)).toBe(0);
  });

  it('is no matter to vectors of other numbers of dimensions', async () => {
    expect(await near(large, '1'.repeat(100), null, 20)).toHaveLength(10);
    expect(await near(large, '101', null, 20)).toEqual([]);
  });

  it('may go again: all passages are compared then', async () => {
    await database.exec('drop extension vector cascade');
    // A database that offers it no more.
    await useVectorExtension(
      (text) => query(text.replace(`name = 'vector'`, `name = 'none'`)),
      (line) => lines.push(line),
    );
    const [[signs, ids] = ['', []]] = before;
    expect(await near(large, signs, null, 20)).toEqual(ids);
  });
});
