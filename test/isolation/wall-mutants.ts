import type pg from 'pg';
import { readPolicies, readTables } from './catalog.js';
import { outsideRowSecurity } from './outside-row-security.js';

/** One way to weaken the wall by one stone. */
export interface Mutant {
  readonly table: string;
  readonly what: string;
  readonly change: string;
  /** How the check of the catalog has to name it: not just any fault, that one. */
  readonly named: RegExp;
  /** Where it lets one workspace see, write or refer to another's rows; else it only takes a second wall away. */
  readonly opens: 'reads' | 'writes' | null;
}

/**
 * Every mutant of the database as it stands, made from its catalog: each policy dropped or opened, each side of each
 * policy weakened, row security off, FORCE off, and the workspace taken out of each key and each reference once.
 */
export async function mutantsOf(admin: pg.Client): Promise<Mutant[]> {
  return [...(await policyMutants(admin)), ...(await keyMutants(admin)), ...(await referenceMutants(admin))];
}

async function walledTables(admin: pg.Client) {
  return (await readTables(admin)).filter(({ name }) => outsideRowSecurity[name] === undefined);
}

async function policyMutants(admin: pg.Client): Promise<Mutant[]> {
  const policies = await readPolicies(admin);
  return (await walledTables(admin)).flatMap(({ name: table }): Mutant[] => [
    {
      table,
      what: 'row security off',
      change: `alter table ${table} disable row level security`,
      named: new RegExp(`^${table} has row security off$`),
      opens: 'reads',
    },
    {
      table,
      what: 'FORCE off',
      change: `alter table ${table} no force row level security`,
      named: new RegExp(`^${table} does not bind its owner`),
      opens: null,
    },
    ...policies
      .filter((policy) => policy.table === table)
      .flatMap(({ name, command }): Mutant[] => {
        const named = new RegExp(`^${table} has (no policy \`${name}\`|a policy that nobody reviewed: ${name}$)`);
        const dropped: Mutant = {
          table,
          what: `${name} dropped`,
          change: `drop policy ${name} on ${table}`,
          named,
          opens: null,
        };
        if (name !== 'workspace') {
          const change = `alter policy ${name} on ${table} to public`;
          const role = `^${table} has (no policy \`${name}\`|a policy that nobody reviewed: ${name}$)`;
          const forAll: Mutant = {
            table,
            what: `${name} for every role`,
            change,
            named: new RegExp(role),
            opens: 'reads',
          };
          if (command === 'SELECT') return [dropped, forAll];
          const shut = `alter policy ${name} on ${table} using (false)`;
          return [dropped, forAll, { table, what: `${name} using (false)`, change: shut, named, opens: null }];
        }
        return [
          dropped,
          {
            table,
            what: `${name} using (true)`,
            change: `alter policy ${name} on ${table} using (true)`,
            named,
            opens: 'reads',
          },
          {
            table,
            what: `${name} with check (true)`,
            change: `alter policy ${name} on ${table} with check (true)`,
            named,
            opens: 'writes',
          },
          {
            table,
            what: `${name} let through where no workspace is set`,
            change: `alter policy ${name} on ${table} using (coalesce(current_setting('app.workspace_id', true), '') = '')`,
            named,
            opens: null,
          },
        ];
      }),
  ]);
}

async function keyMutants(admin: pg.Client): Promise<Mutant[]> {
  const { rows } = await admin.query<{ table: string; name: string; definition: string; constraint: string | null }>(
    `select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition,
            (select conname from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u')) as constraint
       from pg_index i join pg_class c on c.oid = i.indrelid
      where i.indisunique and c.relnamespace = 'public'::regnamespace and not c.relispartition and i.indnkeyatts > 1 order by 1, 2`,
  );
  const walled = new Map((await walledTables(admin)).map((table) => [table.name, table.key]));
  return rows.flatMap(({ table, name, definition, constraint }) => {
    const key = walled.get(table);
    if (key === null || key === undefined) return [];
    const without = definition.replace(`(${key}, `, '(');
    if (without === definition) throw new Error(`${name} does not begin with ${key}.`);
    const drop =
      constraint === null ? `drop index ${name}` : `alter table ${table} drop constraint ${constraint} cascade`;
    return [
      {
        table,
        what: `${name} without the workspace`,
        change: `${drop}; ${without}`,
        named: new RegExp(`^${name} is unique across workspaces`),
        opens: null,
      },
    ];
  });
}

async function referenceMutants(admin: pg.Client): Promise<Mutant[]> {
  const tables = await walledTables(admin);
  return tables.flatMap(({ name: table, key, foreignKeys }) =>
    foreignKeys.flatMap((reference): Mutant[] => {
      const rest = reference.columns.filter((column) => column !== key);
      const toRest = reference.toColumns.filter((_, index) => reference.columns[index] !== key);
      if (rest.length === 0 || outsideRowSecurity[reference.to] !== undefined) return [];
      return [
        {
          table,
          what: `${reference.name} without the workspace`,
          change:
            `alter table ${table} drop constraint ${reference.name}; ` +
            `create unique index mutant_target on ${reference.to} (${toRest.join(', ')}); ` +
            `alter table ${table} add constraint ${reference.name} foreign key (${rest.join(', ')}) ` +
            `references ${reference.to} (${toRest.join(', ')})`,
          named: new RegExp(`^${table}\\.${reference.name} may point at another workspace's row$`),
          opens: null,
        },
      ];
    }),
  );
}
