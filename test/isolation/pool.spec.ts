import { sql } from '../../src/platform/database/index.js';
import { PoolUnderTest } from './pool-run.js';

const operations = 50_000;
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('two connections for many workspaces', () => {
  let pool: PoolUnderTest;

  beforeAll(async () => void (pool = await PoolUnderTest.start()));
  afterAll(() => pool.stop());

  it(`T4: never show a workspace's rows to another, whatever breaks off in between (SEED=${String(seed)}) [promise 23]`, async () => {
    const { wrong, outcomes } = await pool.run(operations, seed);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(operations);
    for (const [outcome, count] of Object.entries(outcomes)) expect([outcome, count > 10]).toEqual([outcome, true]);
  }, 300_000);

  it('T4: hand back connections that belong to no workspace', async () => {
    await pool.workspaces.run(pool.ids[0] ?? '', (tx) => pool.seen(tx));
    const settings = await Promise.all(
      [1, 2].map(() =>
        pool.system.run(async (tx) => {
          await tx.query(sql`select pg_sleep(0.05)`);
          return tx.first(sql`select coalesce(current_setting('app.workspace_id', true), '') as workspace`);
        }),
      ),
    );
    expect(settings).toEqual([{ workspace: '' }, { workspace: '' }]);
  });

  it('T4: take nothing but the id of a workspace', async () => {
    const own = pool.ids[0] ?? '';
    for (const id of ['', 'x', "' || (select 1) || '", `${own}'; set role parley_owner; --`, `{${own}}`, ` ${own}`])
      for (const way of ['run', 'read', 'readTogether'] as const)
        await expect(pool.workspaces[way](id, (tx) => pool.seen(tx))).rejects.toThrow('needs the id of a workspace');
  });
});
