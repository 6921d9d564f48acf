import { Config } from '../../src/platform/config/index.js';
import { priceOf, sellingEnvironment, stands } from '../support/billing.js';
import { Walk } from './walk.js';

const plans = {
  starter: { SEATS: 2, CHANNELS: 2, AI_REPLIES: 200, CONTACTS: 5, KNOWLEDGE_PASSAGES: 100 },
  team: { SEATS: 10, CHANNELS: 10, AI_REPLIES: 2_000, CONTACTS: 10, KNOWLEDGE_PASSAGES: 10_000 },
};

/** A plan from its trial to its end, as its owner sees it: each step stands on those before it. */
describe('a plan on the pages', () => {
  let selling: Record<string, string> = {};
  let workspaceId = '';
  beforeAll(async () => {
    selling = await sellingEnvironment({ trial: { plan: 'team', days: 2 }, plans });
  });
  const walk = Walk.of(
    async ({ app, page }) => {
      workspaceId = /\/w\/([^/]+)/u.exec(page.url())?.[1] ?? '';
      for (const [code, amount] of [
        ['starter', 1_000],
        ['team', 2_000],
        ['whatsapp', 500],
      ] as const)
        await control('prices', { price: priceOf(code), amount, currency: 'EUR' });
      // Where the merchant sends people back to: the session is of that name.
      const { publicUrl } = app.app.get(Config);
      const cookies = await page.context().cookies();
      await page
        .context()
        .addCookies(cookies.map(({ name, value }) => ({ name, value, url: publicUrl, httpOnly: true })));
      await page.goto(page.url().replace(app.url, publicUrl));
    },
    () => ({ environment: selling }),
  );

  /** What the pretended merchant is told to do. */
  async function control(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${walk.app.sandbox.url}/_sandbox/billing${path === '' ? '' : `/${path}`}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.ok).toBe(true);
    return response.json();
  }
  /** Lets something happen to the one subscription that there is. */
  async function happens(step: string): Promise<void> {
    const { subscriptions } = (await control('')) as { subscriptions: { id: string }[] };
    await control(`subscriptions/${subscriptions[0]?.id ?? ''}/${step}`, {});
  }
  const plan = (name: string) => walk.main.getByRole('article', { name, exact: true });
  const news = () => walk.page.getByRole('region', { name: 'News of the plan' });
  const standing = () => walk.main.getByRole('region', { name: 'Your plan' });
  const usage = (metric: string) =>
    walk.main.getByRole('region', { name: 'What you use' }).locator('li', { hasText: metric });

  walk.step('the end of a trial is told on every page, and put away for the day', async () => {
    await walk.pages.inbox();
    await news().getByText('The trial ends in 2 days').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await news().getByRole('link', { name: 'To billing' }).click();
    await standing().getByText('You are trying it until').waitFor();
    await news().getByRole('button', { name: 'Put away until tomorrow' }).click();
    await news().waitFor({ state: 'detached' });
    await walk.page.reload();
    await standing().getByText('Trial', { exact: true }).waitFor();
    expect(await news().count()).toBe(0);
  });

  walk.step('what is used stands beside what the plan has room for', async () => {
    await usage('Members').getByText('1 of 10').waitFor();
    expect(await usage('Members').getByRole('meter').getAttribute('aria-label')).toBe('Members: 1 of 10');
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('a plan is chosen with what goes with it, and paid for at the merchant', async () => {
    await plan('starter').getByLabel('whatsapp').check();
    await plan('starter').getByText('Together: €15.00 a month').waitFor();
    const refund = plan('starter').getByRole('link', { name: 'Money back and cancelling' });
    expect(await refund.getAttribute('href')).toContain('/policies/refund');
    await plan('starter').getByRole('button', { name: 'Choose this plan' }).click();
    await walk.page.getByRole('button', { name: 'Pay' }).click();
    // Paddle brings the buyer back to where the operator told it, and not with a word that it was paid.
    await walk.page.waitForURL('**/settings/billing');
    await walk.page.goto(`${walk.app.app.get(Config).publicUrl}/w/${workspaceId}/settings/billing`);
    await walk.main.getByText('The plan starter is on.').waitFor();
    await standing().getByText('It renews on').waitFor();
    await walk.page.waitForURL(/\/settings\/billing$/u);
    expect(await plan('starter').getByRole('button').count()).toBe(0);
  });

  walk.step('invoices are the merchant’s, in a tab of their own', async () => {
    const [tab] = await Promise.all([
      walk.page.waitForEvent('popup'),
      standing().getByRole('button', { name: 'Invoices and payment' }).click(),
    ]);
    await tab.waitForURL(`${walk.app.sandbox.url}/**`);
    expect(await tab.evaluate('window.opener')).toBeNull();
    await tab.close();
  });

  walk.step('four fifths of a limit, all of it and more are told in words', async () => {
    const contacts = async (count: number) => {
      await walk.sql.query(
        'insert into contacts (workspace_id, id) select $1, gen_random_uuid() from generate_series(1, $2)',
        [workspaceId, count],
      );
      await walk.page.reload();
    };
    await contacts(4);
    await usage('Contacts').getByText('More than 80 % are used.').waitFor();
    await contacts(1);
    await usage('Contacts').getByText('Whoever writes to you is still let in.').waitFor();
    await usage('Contacts').getByText('All are used.').waitFor();
    await contacts(1);
    await usage('Contacts').getByText('More than the plan has room for.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('what is paid for is changed, and back only after it was said what is too much', async () => {
    await plan('team').getByRole('button', { name: 'Change to this plan' }).click();
    await walk.dialog.getByText('From now on it costs €25.00 a month').waitFor();
    await walk.dialog.getByRole('button', { name: 'Change now' }).click();
    await walk.main.getByText('The plan team holds.').waitFor();
    await walk.sql.query(
      `insert into channels (workspace_id, id, kind, provider, name, external_id, status, connected_at)
       select $1, gen_random_uuid(), 'MESSENGER', 'meta', 'Shop ' || n, n, 'CONNECTED', now() + make_interval(mins => n) from generate_series(1, 3) n`,
      [workspaceId],
    );
    await plan('starter').getByLabel('whatsapp').uncheck();
    await plan('starter').getByRole('button', { name: 'Change to this plan' }).click();
    await walk.dialog.getByText('Contacts: 6 of 5.').waitFor();
    const channels = walk.dialog.getByRole('listitem').filter({ hasText: 'Channels' });
    expect(await channels.innerText()).toBe('Channels: 3 of 2. These rest: Shop 3');
    await walk.dialog.getByText('These go off, with what needs them: whatsapp').waitFor();
    await walk.dialog.getByText('Nothing is deleted.').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Cancel' }).click();
    await standing().getByText('team', { exact: true }).waitFor();
  });

  walk.step(
    'a payment that fails is told to everybody with the day until when all goes on, and forgotten once paid',
    async () => {
      await happens('fail');
      await news().getByText('A payment failed. Everything goes on until').waitFor();
      await standing().getByText('Payment failed', { exact: true }).waitFor();
      await walk.pages.inbox();
      await news().getByText('A payment failed').waitFor();
      await happens('recover');
      await news().waitFor({ state: 'detached' });
    },
  );

  walk.step('it is cancelled after it was said until when it runs, and goes on until then', async () => {
    await walk.pages.settings('Billing');
    await standing().getByRole('button', { name: 'Cancel the plan' }).click();
    await walk.dialog.getByText('Everything goes on until').waitFor();
    await walk.dialog.getByText('Nothing is deleted').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Cancel the plan now' }).click();
    await standing().getByText('It was cancelled: everything goes on until').waitFor();
    await plan('starter').getByText('Resume your plan first').waitFor();
    expect(await standing().getByRole('button', { name: 'Cancel the plan' }).count()).toBe(0);
  });

  walk.step('once it has ended that is said on every page, and not put away; a plan can be chosen again', async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    const [kept] = (await walk.sql.query<{ reference: string }>('select reference from merchant_subscriptions')).rows;
    await walk.sql.query('update subscriptions set trial_ends_at = $1', [yesterday]);
    await stands(walk.app.app, workspaceId, {
      plan: 'team',
      ...(kept && { reference: kept.reference }),
      status: 'CANCELED',
      renewsAt: null,
      endsAt: yesterday,
      asOf: new Date(Date.now() + 60_000),
    });
    await walk.page.reload();
    await news().getByText('The plan has ended: nothing is sent').waitFor();
    expect(await news().getByRole('button').count()).toBe(0);
    await plan('starter').getByRole('button', { name: 'Choose this plan' }).waitFor();
  });

  walk.step('who is no owner sees it all, and whom to ask, and has nothing to press', async () => {
    await walk.sql.query(
      `with other as (insert into users (id, email, name, password_hash) values (gen_random_uuid(), 'grace@example.com', 'Grace', 'x') returning id)
       insert into members (workspace_id, id, user_id, role) select $1, gen_random_uuid(), id, 'OWNER' from other`,
      [workspaceId],
    );
    await walk.sql.query(
      `update members set role = 'ADMIN' where user_id = (select id from users where email = 'ada@example.com')`,
    );
    await walk.page.reload();
    await standing().getByText('An owner can change that: Grace.').waitFor();
    await news().getByText('An owner can change that: Grace.').waitFor();
    await plan('starter').waitFor();
    expect(await walk.main.getByRole('button').count()).toBe(0);
    expect(await walk.pages.violations()).toEqual([]);
  });
});
