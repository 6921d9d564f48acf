import type pg from 'pg';
import { TestClient } from '../../test/support/client.js';
import { loadStatements, loadedToken, loadedWorkspaceId } from '../loader/statements.js';

const tables = ['workspaces', 'counters', 'users', 'members', 'sessions'] as const;

/** Makes empty workspaces, each with an owner who is signed in. */
export async function addShops(admin: pg.Client, workspaces: number): Promise<void> {
  const statements = loadStatements({ messages: 1_000, workspaces });
  for (const table of tables) await admin.query(statements[table] ?? '');
}

/** The owner of workspace `index`, as a client of a server. */
export function ownerOf(url: string, index: number): TestClient {
  const client = new TestClient(url);
  client.workspaceId = loadedWorkspaceId(index);
  client.cookie = `__Host-parley_session=${loadedToken(index)}`;
  return client;
}
