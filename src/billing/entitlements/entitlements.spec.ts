import { ends, sellingEnvironment, stands } from '../../../test/support/billing.js';
import { Team } from '../../../test/support/team.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import type { DomainError } from '../../platform/errors/index.js';
import { UsageMetric } from '../enums.js';
import { Entitlements } from './entitlements.js';

const limits = { SEATS: 4, CHANNELS: 5, AI_REPLIES: 6, CONTACTS: 7, KNOWLEDGE_PASSAGES: 8 };

let team: Team;
beforeAll(async () => {
  const environment = await sellingEnvironment({ plans: { small: limits, big: {} } });
  team = await Team.start({ redis: false, environment });
}, 30_000);
afterAll(() => team.stop());

const inWorkspace = <Result>(work: (tx: WorkspaceTransaction, entitlements: Entitlements) => Promise<Result>) => {
  const { app } = team.app;
  return app.get(Workspaces).run(team.workspaceId, (tx) => work(tx, app.get(Entitlements, { strict: false })));
};
const codes = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'done' : (outcome.reason as DomainError).code));

/** Writes one row of what is counted. An answer by AI has none. */
const writes: Readonly<Record<UsageMetric, (tx: WorkspaceTransaction) => Promise<unknown>>> = {
  SEATS: async (tx) => {
    const userId = newId();
    await team.sql.query(`insert into users (id, email, name, password_hash) values ($1, $2, 'Per', 'none')`, [
      userId,
      `${userId}@example.com`,
    ]);
    return tx.execute(
      sql`insert into members (workspace_id, id, user_id, role) values (${tx.workspaceId}, ${newId()}, ${userId}, 'VIEWER')`,
    );
  },
  CHANNELS: (tx) =>
    tx.execute(sql`
      insert into channels (workspace_id, id, kind, provider, name, external_id, status)
      values (${tx.workspaceId}, ${newId()}, 'MESSENGER', 'meta', 'Page', ${newId()}, 'CONNECTED')`),
  AI_REPLIES: () => Promise.resolve(),
  CONTACTS: (tx) => tx.execute(sql`insert into contacts (workspace_id, id) values (${tx.workspaceId}, ${newId()})`),
  KNOWLEDGE_PASSAGES: () => Promise.resolve(),
};

describe('what a plan has room for', () => {
  it.each([UsageMetric.SEATS, UsageMetric.CHANNELS, UsageMetric.AI_REPLIES, UsageMetric.CONTACTS])(
    'is never passed by a hundred that use it at once: %s',
    async (metric) => {
      await stands(team.app.app, team.workspaceId, { plan: 'small' });
      const before = metric === UsageMetric.SEATS ? 1 : 0;
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, () =>
          inWorkspace(async (tx, entitlements) => {
            await entitlements.use(tx, metric);
            await writes[metric](tx);
          }),
        ),
      );
      const told = codes(outcomes);
      expect(told.filter((code) => code === 'done')).toHaveLength(limits[metric] - before);
      expect(new Set(told)).toEqual(new Set(['done', 'PLAN_LIMIT']));
      const { rows } = await team.sql.query(
        'select used from usage_counters where workspace_id = $1 and metric = $2 order by period desc limit 1',
        [team.workspaceId, metric],
      );
      expect(rows).toEqual([{ used: limits[metric] }]);
    },
  );

  it('is refused with the limit, what is used of it and the way out; a bigger plan has room at once', async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'small' });
    const use = () => inWorkspace((tx, entitlements) => entitlements.use(tx, UsageMetric.SEATS, 10));
    await expect(use()).rejects.toMatchObject({
      code: 'PLAN_LIMIT',
      reason: 'PLAN_SEATS',
      values: { limit: '4', plan: 'small' },
    });
    await stands(team.app.app, team.workspaceId, { plan: 'big' });
    await expect(use()).resolves.toBeUndefined();
  });

  it('is nothing once the plan has ended, and add-ons end with it', async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'big', addOns: ['whatsapp'] });
    await inWorkspace((tx, entitlements) => entitlements.requireAddOn(tx, 'whatsapp'));
    await ends(team.app.app, team.workspaceId);
    const refused = { code: 'PLAN_LIMIT', reason: 'PLAN_ENDED' };
    await expect(inWorkspace((tx, one) => one.use(tx, UsageMetric.CONTACTS))).rejects.toMatchObject(refused);
    await expect(inWorkspace((tx, one) => one.requireAddOn(tx, 'whatsapp'))).rejects.toMatchObject(refused);
    await expect(inWorkspace((tx, one) => one.requireLive(tx))).rejects.toMatchObject(refused);
    await expect(inWorkspace((tx, one) => one.hasRoom(tx, UsageMetric.CONTACTS))).resolves.toBe(false);
  });
});
