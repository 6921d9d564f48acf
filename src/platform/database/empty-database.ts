import { setTimeout as sleep } from 'node:timers/promises';
import { OwnerConnection } from './owner-connection.js';

/** What stands in a database before it is restored into. */
export interface WhatIsThere {
  readonly name: string;
  readonly hasTables: boolean;
  readonly users: number;
  readonly workspaces: number;
  /** Connections beside this one. */
  readonly others: number;
}

/** Looks at a database as its owner. Connections that were closed a moment ago may take another to be gone. */
export async function whatIsThere(ownerUrl: string): Promise<WhatIsThere> {
  for (let looks = 1; looks < 20; looks += 1) {
    const found = await lookAt(ownerUrl);
    if (found.others === 0) return found;
    await sleep(100);
  }
  return lookAt(ownerUrl);
}

function lookAt(ownerUrl: string): Promise<WhatIsThere> {
  return withOwner(ownerUrl, async (owner) => {
    const [database] = await owner.query<Omit<WhatIsThere, 'users' | 'workspaces'>>(`
      select current_database() as name,
             exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')) as "hasTables",
             (select count(*)::int from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                 and usename is not null) as others`);
    if (database === undefined) throw new Error('The database did not say what it holds.');
    const [made] = await owner.query<{ made: boolean }>(
      `select to_regclass('public.users') is not null and to_regclass('public.workspaces') is not null as made`,
    );
    if (made?.made !== true) return { ...database, users: 0, workspaces: 0 };
    const [counts] = await owner.query<{ users: number; workspaces: number }>(
      'select (select count(*)::int from users) as users, (select count(*)::int from workspaces) as workspaces',
    );
    return { ...database, users: counts?.users ?? 0, workspaces: counts?.workspaces ?? 0 };
  });
}

/** Throws away everything that a database holds. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (owner) => {
    await owner.transaction('begin', async () => {
      await owner.query('drop schema public cascade');
      await owner.query('create schema public');
      await owner.query('grant usage on schema public to public');
    });
  });
}

/** Runs one statement as the owner. */
export async function asOwner(ownerUrl: string, text: string, values: readonly unknown[]): Promise<void> {
  await withOwner(ownerUrl, async (owner) => void (await owner.query(text, values)));
}

async function withOwner<Result>(url: string, work: (owner: OwnerConnection) => Promise<Result>): Promise<Result> {
  const owner = await OwnerConnection.open(url);
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}
