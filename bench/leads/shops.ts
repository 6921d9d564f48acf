import type pg from 'pg';
import { TestClient } from '../../test/support/client.js';
import { loadStatements, loadedToken, loadedWorkspaceId } from '../loader/statements.js';

const tables = ['workspaces', 'counters', 'users', 'members', 'sessions'] as const;

/** Makes empty workspaces, each with an owner who is signed in. */
export async function addShops(admin: pg.Client, workspaces: number): Promise<void> {
  const statements = loadStatements({ messages: 1_000, workspaces });
  for (const table of tables) await admin.query(statements[table] ?? '');
}

/** So many contacts, each with a lead. Keys to other tables hold by construction; checking each would take longer than the rest. */
export async function addLeads(admin: pg.Client, workspace: number, count: number): Promise<void> {
  await admin.query('set session_replication_role = replica; set statement_timeout = 0');
  // The same people in both tables, by a number of their own.
  const id = `md5($1 || n)::uuid`;
  const values = [loadedWorkspaceId(workspace), count];
  await admin.query(
    `insert into contacts (workspace_id, id, name, emails, phones, tags, first_seen_at, last_seen_at)
     select $1::text::uuid, ${id}, 'Customer ' || n, array['c' || n || '@example.com'], array['+4930' || lpad(n::text, 8, '0')],
            case when n % 3 = 0 then array['vip'] else '{}' end, now() - make_interval(secs => n), now() - make_interval(secs => n)
       from generate_series(1, $2::int) n`,
    values,
  );
  await admin.query(
    `insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, name, email, phone, company, message, fields, tags,
                        created_at)
     select $1::text::uuid, gen_random_uuid(), ${id}, ${id}, case n % 3 when 0 then 'CONTACT_FORM' when 1 then 'IMPORT' else 'LEAD_AD' end,
            case when n % 4 = 0 then 'WON' else 'NEW' end, 'Customer ' || n, 'c' || n || '@example.com', '+4930' || lpad(n::text, 8, '0'),
            'Company ' || n % 5000, 'Please call me about order ' || n || ', in the afternoon.',
            jsonb_build_object('Size', n % 60, 'Which shop do you come to?', 'Shop ' || n % 20), array['spring'],
            now() - make_interval(secs => n * 7)
       from generate_series(1, $2::int) n`,
    values,
  );
}

/** The owner of workspace `index`, as a client of a server. */
export function ownerOf(url: string, index: number): TestClient {
  const client = new TestClient(url);
  client.workspaceId = loadedWorkspaceId(index);
  client.cookie = `__Host-parley_session=${loadedToken(index)}`;
  return client;
}
