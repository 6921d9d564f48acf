import type pg from 'pg';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly generated: boolean;
  readonly hasDefault: boolean;
  /** What a column of an enumeration may hold; null for any other. */
  readonly words: readonly string[] | null;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly toColumns: readonly string[];
}

export interface Table {
  readonly name: string;
  /** The column that says whose a row is; null for a table without one. */
  readonly key: string | null;
  readonly rowSecurity: boolean;
  readonly forced: boolean;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  /** The columns of each unique index, the primary key's among them; an expression stands as `(…)`. */
  readonly uniqueKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly primary: boolean;
  }[];
  readonly checks: readonly string[];
}

export interface Policy {
  readonly table: string;
  readonly name: string;
  readonly permissive: boolean;
  readonly command: string;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** The ordinary and partitioned tables of the application, without the partitions; as the database describes them. */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table & { key: string | null }>(`
    select c.relname as name, c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as forced,
           case when c.relname = 'workspaces' then 'id'
                when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
                then 'workspace_id' end as key,
           (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
                     'generated', a.attgenerated <> '', 'hasDefault', a.atthasdef,
                     'words', (select jsonb_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid)) order by a.attnum)
              from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
           coalesce((select jsonb_agg(jsonb_build_object('name', k.conname, 'to', k.confrelid::regclass::text,
                     'columns', (select jsonb_agg(a.attname order by n.ord) from unnest(k.conkey) with ordinality n(num, ord)
                                   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num),
                     'toColumns', (select jsonb_agg(a.attname order by n.ord) from unnest(k.confkey) with ordinality n(num, ord)
                                   join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num)) order by k.conname)
              from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as "foreignKeys",
           coalesce((select jsonb_agg(jsonb_build_object('name', i.indexrelid::regclass::text, 'primary', i.indisprimary,
                     'columns', (select jsonb_agg(coalesce(a.attname, '(…)') order by n.ord)
                                   from unnest(i.indkey::int2[]) with ordinality n(num, ord)
                                   left join pg_attribute a on a.attrelid = c.oid and a.attnum = n.num and n.num > 0
                                  where n.ord <= i.indnkeyatts)) order by i.indexrelid::regclass::text)
              from pg_index i where i.indrelid = c.oid and i.indisunique), '[]') as "uniqueKeys",
           coalesce((select jsonb_agg(pg_get_constraintdef(k.oid) order by k.conname)
              from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'), '[]') as checks
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     order by c.relname`);
  return rows;
}

/** Every policy of the application's tables. */
export async function readPolicies(client: pg.Client): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(`
    select tablename as table, policyname as name, permissive = 'PERMISSIVE' as permissive, cmd as command,
           roles::text[] as roles, qual as using, with_check as check
      from pg_policies where schemaname = 'public' order by 1, 2`);
  return rows;
}

/** Tables in an order in which their rows can be inserted: each after those that it refers to. */
export function inOrderOfReference(tables: readonly Table[]): Table[] {
  const ordered: Table[] = [];
  const waiting = new Set(tables);
  while (waiting.size > 0) {
    const next = [...waiting].find((table) =>
      table.foreignKeys.every((key) => key.to === table.name || ![...waiting].some((other) => other.name === key.to)),
    );
    if (next === undefined)
      throw new Error(`These refer to one another: ${[...waiting].map((t) => t.name).join(', ')}`);
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
