import { sellingEnvironment } from '../../../test/support/billing.js';
import { seeded } from '../../../test/support/inbox.js';
import { Team } from '../../../test/support/team.js';
import { newId } from '../../platform/database/index.js';
import { ReconcileUsageWorker } from './reconcile-usage.worker.js';

let team: Team;
beforeAll(
  async () => void (team = await Team.start({ redis: false, environment: await sellingEnvironment() })),
  30_000,
);
afterAll(() => team.stop());

const counted = async (at = team.workspaceId) => {
  const { rows } = await team.sql.query<{ metric: string; used: number }>(
    `select metric, used from usage_counters where workspace_id = $1 and metric <> 'AI_REPLIES'`,
    [at],
  );
  const used = new Map(rows.map((row) => [row.metric, row.used]));
  return ['SEATS', 'CHANNELS', 'CONTACTS', 'KNOWLEDGE_PASSAGES'].map((metric) => used.get(metric) ?? 0);
};
const standing = async (at = team.workspaceId) => {
  const { rows } = await team.sql.query<{ counts: number[] }>(
    `select array[(select count(*) from members where workspace_id = $1 and user_id is not null),
                  (select count(*) from channels where workspace_id = $1 and status <> 'DISCONNECTED'),
                  (select count(*) from contacts where workspace_id = $1 and merged_into is null),
                  (select count(*) from passages where workspace_id = $1)]::int[] as counts`,
    [at],
  );
  return rows[0]?.counts ?? [];
};

/** Everything that rows go through, in the statements that the modules have for it. */
const happenings: readonly ((at: string, some: number) => Promise<unknown>)[] = [
  async (at) => {
    const id = newId();
    await team.sql.query(`insert into users (id, email, name, password_hash) values ($1::uuid, $2, 'Per', 'none')`, [
      id,
      `${id}@example.com`,
    ]);
    await team.sql.query(`insert into members (workspace_id, id, user_id, role) values ($1, $2, $3, 'EDITOR')`, [
      at,
      newId(),
      id,
    ]);
  },
  (at) =>
    team.sql.query(
      `update members set user_id = null, role = 'VIEWER' where workspace_id = $1 and id = (
         select id from members where workspace_id = $1 and role <> 'OWNER' order by random() limit 1)`,
      [at],
    ),
  (at) =>
    team.sql.query(
      `insert into channels (workspace_id, id, kind, provider, name, external_id, status) values ($1, $2::uuid, 'MESSENGER', 'meta', 'Page', $2::uuid::text, 'CONNECTED')`,
      [at, newId()],
    ),
  (at, some) =>
    team.sql.query(
      `update channels set status = $2 where workspace_id = $1 and id = (
         select id from channels where workspace_id = $1 order by random() limit 1)`,
      [at, ['DISCONNECTED', 'CONNECTED', 'EXPIRED'][some % 3]],
    ),
  (at, some) =>
    team.sql.query(
      'insert into contacts (workspace_id, id) select $1, gen_random_uuid() from generate_series(1, $2::int)',
      [at, some % 40],
    ),
  // Two become one, and are two again.
  (at) =>
    team.sql.query(
      `update contacts k set merged_into = (select o.id from contacts o where o.workspace_id = $1 and o.id <> k.id and o.merged_into is null limit 1)
        where k.workspace_id = $1 and k.id = (select id from contacts where workspace_id = $1 and merged_into is null order by random() limit 1)`,
      [at],
    ),
  (at) =>
    team.sql.query('update contacts set merged_into = null where workspace_id = $1 and merged_into is not null', [at]),
  (at, some) =>
    team.sql.query(
      `delete from contacts where workspace_id = $1 and id in (
         select c.id from contacts c where c.workspace_id = $1 and not exists (select from contacts o where o.workspace_id = $1 and o.merged_into = c.id)
          order by random() limit $2)`,
      [at, some % 7],
    ),
  async (at, some) => {
    const id = newId();
    await team.sql.query(
      `insert into knowledge_sources (workspace_id, id, kind, title, status, digest) values ($1, $2::uuid, 'TEXT', 'A text', 'READY', decode(replace($2::uuid::text, '-', ''), 'hex'))`,
      [at, id],
    );
    await team.sql.query(
      `insert into passages (workspace_id, id, knowledge_id, position, text, folded, internal)
       select $1, gen_random_uuid(), $2::uuid, n, 'some', 'some', false from generate_series(1, $3::int) n`,
      [at, id, some % 20],
    );
  },
  (at) =>
    team.sql.query(
      `delete from knowledge_sources where workspace_id = $1 and id = (
         select id from knowledge_sources where workspace_id = $1 order by random() limit 1)`,
      [at],
    ),
];

describe('what is used', () => {
  it('is what stands, after three hundred things in any order, also where one was taken back', async () => {
    const random = seeded(20_261_123);
    const done = new Set<number>();
    for (let round = 0; round < 300; round += 1) {
      const which = Math.floor(random() * happenings.length);
      const takenBack = random() < 0.2;
      if (takenBack) await team.sql.query('begin');
      await happenings[which]?.(team.workspaceId, Math.floor(random() * 1_000));
      if (takenBack) await team.sql.query('rollback');
      else done.add(which);
      if (round % 10 === 0) expect(await counted()).toEqual(await standing());
    }
    expect(done.size).toBe(happenings.length);
    expect(await counted()).toEqual(await standing());
    expect((await standing()).every((count) => count > 0)).toBe(true);
  });

  it('is counted again each day, and mended where it was counted wrong; answers by AI are left', async () => {
    const at = (await team.person()).client.workspaceId ?? '';
    await happenings[4]?.(at, 9);
    await team.sql.query(`update usage_counters set used = used + 3 where workspace_id = $1`, [at]);
    await team.sql.query(
      `insert into usage_counters (workspace_id, metric, period, used) values ($1, 'AI_REPLIES', '2026-11-01', 7)`,
      [at],
    );
    expect(await counted(at)).not.toEqual(await standing(at));
    const again = await team.app.app.get(ReconcileUsageWorker, { strict: false }).run({ workspaceId: at });
    expect(again).toEqual({ afterSeconds: 86_400 });
    expect(await counted(at)).toEqual(await standing(at));
    const { rows } = await team.sql.query(
      `select used from usage_counters where workspace_id = $1 and metric = 'AI_REPLIES'`,
      [at],
    );
    expect(rows).toEqual([{ used: 7 }]);
    const { rows: due } = await team.sql.query(`select from due where kind = 'reconcile-usage' and row_id = $1`, [at]);
    expect(due).toHaveLength(1);
  });
});
