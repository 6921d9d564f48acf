import { createHash } from 'node:crypto';
import type pg from 'pg';
import { readTables } from './catalog.js';

// Tables of people: rows of the workspace's members.
const ofMembers: Readonly<Record<string, string>> = {
  users: 'id in (select user_id from members where workspace_id = $1)',
  sessions: 'user_id in (select user_id from members where workspace_id = $1)',
};

/** A hash of a workspace's rows in each table that has any of workspaces, and of its members' own. */
export async function hashesOfRows(client: pg.Client, workspaceId: string): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { name, key } of await readTables(client)) {
    const condition = ofMembers[name] ?? (key === null ? null : `${key} = $1`);
    if (condition === null) continue;
    const { rows } = await client.query<{ text: string }>(
      `select coalesce(string_agg(t::text, '|' order by t::text), '') as text from ${name} t where ${condition}`,
      [workspaceId],
    );
    hashes[name] = createHash('sha256')
      .update(rows[0]?.text ?? '')
      .digest('hex');
  }
  return hashes;
}

/** What is there when its workspace is not: that it was deleted, and what became of what it had bought. */
const outliving = ['workspace_deletions', 'billing_records', 'owed_cancellations'];

/** How many rows of a workspace there are, by table, where there are any; what outlives it is none of them. */
export async function countsOfRows(client: pg.Client, workspaceId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, key } of await readTables(client)) {
    if (key === null || outliving.includes(name)) continue;
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${name} where ${key} = $1`, [
      workspaceId,
    ]);
    if (rows[0]?.n !== 0) counts[name] = rows[0]?.n ?? 0;
  }
  return counts;
}
