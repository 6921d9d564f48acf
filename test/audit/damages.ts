import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { beginning, commitmentOf, linkOf } from '../../src/platform/audit/audit-chain.js';

/** Draws numbers, always the same ones for the same seed. */
export function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Entry {
  readonly seq: string;
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target: string | null;
  readonly ip: string | null;
  readonly detail: unknown;
  readonly salt: Buffer;
}

type Damage = (sql: pg.Client, workspaceId: string, draw: (below: number) => number) => Promise<void>;

const edits = [
  `action = action || 'x'`,
  `actor = 'member:' || id`,
  `target = gen_random_uuid()::text`,
  `ip = '203.0.113.9'`,
  `ip = null, detail = null, target = null, actor = ''`,
  `detail = '{"forged": true}'`,
  `at = at - interval '1 day'`,
  `at = at + interval '1 millisecond'`,
  `id = gen_random_uuid()`,
  `salt = sha256(salt)`,
  `commitment = sha256(commitment)`,
  `hash = sha256(hash)`,
];

/** What somebody with the rights of the database's owner may do to a log, each in many variants. */
export const damages: Readonly<Record<string, Damage>> = {
  'an edit': async (sql, workspaceId, draw) => {
    const seq = await anyEntry(sql, workspaceId, draw);
    await sql.query(
      `update audit_entries set ${edits[draw(edits.length)] ?? ''} where workspace_id = $1 and seq = $2`,
      [workspaceId, seq],
    );
  },
  'an edit with a new commitment': async (sql, workspaceId, draw) => {
    const seq = await anyEntry(sql, workspaceId, draw);
    const [entry] = await entries(sql, workspaceId, seq, seq);
    if (entry === undefined) throw new Error('There is no such entry.');
    const forged = { ...entry, action: 'forged.action' };
    await sql.query('update audit_entries set action = $3, commitment = $4 where workspace_id = $1 and seq = $2', [
      workspaceId,
      seq,
      forged.action,
      commitmentOf(forged, entry.salt),
    ]);
  },
  'a drop': async (sql, workspaceId, draw) => {
    await sql.query('delete from audit_entries where workspace_id = $1 and seq = $2', [
      workspaceId,
      await anyEntry(sql, workspaceId, draw),
    ]);
  },
  'a drop that closes the gap': async (sql, workspaceId, draw) => {
    const seq = await anyEntry(sql, workspaceId, draw);
    await sql.query('delete from audit_entries where workspace_id = $1 and seq = $2', [workspaceId, seq]);
    await sql.query('update audit_entries set seq = -seq where workspace_id = $1 and seq > $2', [workspaceId, seq]);
    await sql.query('update audit_entries set seq = -seq - 1 where workspace_id = $1 and seq < 0', [workspaceId]);
    await headOf(sql, workspaceId);
  },
  'a cut': async (sql, workspaceId, draw) => {
    await sql.query('delete from audit_entries where workspace_id = $1 and seq >= $2', [
      workspaceId,
      await anyEntry(sql, workspaceId, draw),
    ]);
  },
  'a cut with the counter set back': async (sql, workspaceId, draw) => {
    await sql.query('delete from audit_entries where workspace_id = $1 and seq >= $2', [
      workspaceId,
      await anyEntry(sql, workspaceId, draw),
    ]);
    await headOf(sql, workspaceId);
  },
  'an exchange': async (sql, workspaceId, draw) => {
    const [one, other] = [await anyEntry(sql, workspaceId, draw), await anyEntry(sql, workspaceId, draw)];
    const second = one === other ? (one === 1 ? 2 : one - 1) : other;
    await sql.query('update audit_entries set seq = -1 where workspace_id = $1 and seq = $2', [workspaceId, one]);
    await sql.query('update audit_entries set seq = $3 where workspace_id = $1 and seq = $2', [
      workspaceId,
      second,
      one,
    ]);
    await sql.query('update audit_entries set seq = $2 where workspace_id = $1 and seq = -1', [workspaceId, second]);
  },
  'an addition': async (sql, workspaceId) => {
    await sql.query(
      `insert into audit_entries (workspace_id, id, seq, at, actor, action, salt, commitment, hash)
       select workspace_id, gen_random_uuid(), seq + 1, now(), 'system', 'forged.action', salt, commitment, hash
         from audit_entries where workspace_id = $1 order by seq desc limit 1`,
      [workspaceId],
    );
  },
  'an edit with the whole chain and counter written anew': async (sql, workspaceId, draw) => {
    const seq = await anyEntry(sql, workspaceId, draw);
    await sql.query(`update audit_entries set actor = 'system' where workspace_id = $1 and seq = $2`, [
      workspaceId,
      seq,
    ]);
    await sql.query(`update audit_entries set action = 'forged.action' where workspace_id = $1 and seq = $2`, [
      workspaceId,
      seq,
    ]);
    await linkAnew(sql, workspaceId);
  },
  'a checkpoint that nobody signed': async (sql, workspaceId, draw) => {
    const seq = await anyEntry(sql, workspaceId, draw);
    await sql.query(
      `insert into audit_checkpoints (workspace_id, seq, hash, signature)
       select workspace_id, seq, hash, $3 from audit_entries where workspace_id = $1 and seq = $2`,
      [workspaceId, seq, randomBytes(32)],
    );
    await sql.query('delete from audit_entries where workspace_id = $1 and seq <= $2', [workspaceId, seq]);
  },
};

async function anyEntry(sql: pg.Client, workspaceId: string, draw: (below: number) => number): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    'select count(*)::int as n from audit_entries where workspace_id = $1',
    [workspaceId],
  );
  return 1 + draw(rows[0]?.n ?? 1);
}

async function entries(sql: pg.Client, workspaceId: string, from: number, to: number): Promise<Entry[]> {
  const { rows } = await sql.query<Entry>(
    'select * from audit_entries where workspace_id = $1 and seq between $2 and $3 order by seq',
    [workspaceId, from, to],
  );
  return rows;
}

/** Makes the counter say what the entries that are left say. */
async function headOf(sql: pg.Client, workspaceId: string): Promise<void> {
  await sql.query(
    `update workspace_counters c set audit = coalesce(e.seq, 0), audit_hash = e.hash
       from (select max(seq) as seq, (array_agg(hash order by seq desc))[1] as hash from audit_entries where workspace_id = $1) e
      where c.workspace_id = $1`,
    [workspaceId],
  );
}

/** Writes the chain of what the entries say now, with its head; what an owner of the database can do. */
export async function linkAnew(sql: pg.Client, workspaceId: string): Promise<void> {
  let previous = beginning;
  const links = (await entries(sql, workspaceId, 0, 1_000_000)).map((entry) => {
    const commitment = commitmentOf(entry, entry.salt);
    previous = linkOf(previous, BigInt(entry.seq), entry.id, commitment);
    return { seq: entry.seq, commitment, hash: previous };
  });
  await sql.query(
    `update audit_entries e set commitment = made.commitment, hash = made.hash
       from unnest($2::bigint[], $3::bytea[], $4::bytea[]) made (seq, commitment, hash)
      where e.workspace_id = $1 and e.seq = made.seq`,
    [
      workspaceId,
      links.map(({ seq }) => seq),
      links.map(({ commitment }) => commitment),
      links.map(({ hash }) => hash),
    ],
  );
  await headOf(sql, workspaceId);
}
