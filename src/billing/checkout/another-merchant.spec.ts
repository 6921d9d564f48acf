import { billingSecret, priceOf, sellingEnvironment, stands } from '../../../test/support/billing.js';
import { FakeMerchant } from '../../../test/support/fake-merchant.js';
import { paddleSample } from '../../../test/support/merchant-samples/paddle.js';
import { Team } from '../../../test/support/team.js';

/** What was sold before by Paddle, whose key is still set, goes on; Polar sells now. */
let team: Team;
let paddle: FakeMerchant;
beforeAll(async () => {
  paddle = await FakeMerchant.start();
  const polar = await sellingEnvironment({ merchant: 'polar', apiUrl: paddle.url });
  const before = { PADDLE_API_KEY: 'key', PADDLE_WEBHOOK_SECRET: billingSecret, PADDLE_API_URL: paddle.url };
  team = await Team.start({ redis: false, environment: { ...polar, ...before, ROLE: 'api' } });
}, 30_000);
afterAll(async () => {
  await team.stop();
  await paddle.stop();
});

const choose = 'mutation { startCheckout(plan: "big") }';
const day = (days: number) => new Date(Date.now() + days * 86_400_000);

it('what another merchant sold is cancelled there before a plan is bought, so that nobody pays twice', async () => {
  const { client } = team.owner;
  const reference = 'sub_before';
  await stands(team.app.app, team.workspaceId, { plan: 'small', merchant: 'paddle', reference });
  const refused = async () => (await client.post(choose)).errors?.[0]?.extensions;
  expect(await refused()).toMatchObject({ code: 'CONFLICT', reason: 'PLAN_ELSEWHERE' });
  expect(paddle.calls).toEqual([]);
  const endsAt = day(20).toISOString();
  const state = { reference, customer: 'ctm_1', price: priceOf('small'), renewsAt: endsAt, endsAt, custom: {} };
  paddle.answer = ({ path }) =>
    path.startsWith(`/subscriptions/${reference}/cancel`)
      ? {
          status: 200,
          body: {
            data: paddleSample.subscription({ ...state, status: 'active', changedAt: day(1).toISOString() }),
          },
        }
      : { status: 500 };
  const cancel = 'mutation { cancelSubscription { status cancelAt plan { code } } }';
  expect(await client.ask(cancel)).toEqual({
    cancelSubscription: { status: 'CANCELED', cancelAt: endsAt, plan: { code: 'small' } },
  });
  expect(paddle.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST /subscriptions/${reference}/cancel`,
  ]);
  // It was asked of the merchant that sells now, which does not answer here.
  expect(await refused()).toMatchObject({ reason: 'MERCHANT_UNREACHED' });
});
