import { sellingEnvironment, stands } from '../../../test/support/billing.js';
import { LoopbackServer } from '../../../test/support/loopback-server.js';
import { Team } from '../../../test/support/team.js';

const cancel = 'mutation { cancelSubscription { status } }';
const inTenDays = () => new Date(Date.now() + 10 * 86_400_000);

let team: Team;
let merchant: LoopbackServer;
let calls = 0;
beforeAll(async () => {
  merchant = await LoopbackServer.start((_request, response) => {
    calls += 1;
    response.writeHead(503).end();
  });
  const environment = await sellingEnvironment({ apiUrl: merchant.url });
  team = await Team.start({ redis: false, environment });
}, 30_000);
afterAll(async () => {
  await team.stop();
  await merchant.stop();
});

it.each(['CANCELED', 'PAST_DUE', 'PAUSED'] as const)(
  'asks for no end of what is %s and ends already',
  async (status) => {
    const before = calls;
    await stands(team.app.app, team.workspaceId, { plan: 'small', status, endsAt: inTenDays(), renewsAt: null });
    expect(await team.owner.client.refusal(cancel)).toBeNull();
    expect(calls).toBe(before);
  },
);

it('says that the merchant is away where it has to be asked, and changes nothing', async () => {
  const before = calls;
  await stands(team.app.app, team.workspaceId, { plan: 'small', status: 'PAST_DUE' });
  expect(await team.owner.client.refusal(cancel)).not.toBeNull();
  expect(calls).toBeGreaterThan(before);
  const { rows } = await team.sql.query('select status, ends_at from merchant_subscriptions');
  expect(rows).toEqual([{ status: 'PAST_DUE', ends_at: null }]);
});
