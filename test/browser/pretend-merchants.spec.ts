import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { type RunningSandbox, startSandbox } from '../../apps/sandbox/server.ts';
import { receiver } from '../../apps/sandbox/testing.ts';
import { TestBrowser } from '../support/browser.js';

const key = { authorization: 'Bearer sandbox-billing-key', 'content-type': 'application/json' };

let browser: TestBrowser;
let shop: Awaited<ReturnType<typeof receiver>>;
let sandbox: RunningSandbox;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await shop.close();
});

async function post(path: string, body: unknown): Promise<Record<string, string>> {
  const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers: key, body: JSON.stringify(body) });
  return (await response.json()) as Record<string, string>;
}

/** What stands in the way of people, and whether the page is wider than the screen. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const wide = await page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`), ...(wide ? ['too wide'] : [])];
}

it('sells by the keyboard on a small phone, and looks after what was bought', async () => {
  // Where the buyer comes back to is a page of the same machine.
  const back = `${sandbox.url}/`;
  const { url } = await post('/polar/v1/checkouts/', {
    products: ['plan', 'a-name-that-is-far-too-long-to-stand-on-one-line-of-a-small-phone-and-has-no-space-in-it'],
    external_customer_id: 'w1',
    success_url: back,
    return_url: back,
  });
  const { page } = await browser.person({ viewport: { width: 320, height: 640 } });
  await page.goto(url ?? '');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('radio', { name: 'plan' }).focus();
  await page.getByRole('radio', { name: 'that is refused' }).press('Space');
  browser.expectTrouble(/402 \(Payment Required\)/);
  await page.getByRole('radio', { name: 'that is refused' }).press('Enter');
  expect(await page.getByRole('alert').textContent()).toBe('The card was refused. Nothing was bought.');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Pay' }).press('Enter');
  await page.waitForURL(back);

  const session = await post('/polar/v1/customer-sessions/', { external_customer_id: 'w1' });
  await page.goto(session['customer_portal_url'] ?? '');
  await page.getByRole('button', { name: /^Cancel at the end of the period ?: plan$/ }).press('Enter');
  expect(await page.getByRole('status').textContent()).toBe('It will end with its period.');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: /^Keep it ?: plan$/ }).press('Enter');
  await page.getByText('renews then').waitFor();
  expect(browser.troubles()).toEqual([]);
});

it('moves time, and holds events back, from the page of the sandbox', async () => {
  await post('/_sandbox/reset', {});
  await post('/_sandbox/billing/subscriptions', { merchant: 'paddle', prices: ['pri_pro'] });
  const { page } = await browser.person({ viewport: { width: 1280, height: 900 } });
  await page.goto(sandbox.url);
  await page.getByRole('tab', { name: 'Billing' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Billing' });
  const said = panel.getByRole('status');
  const hold = panel.getByLabel('Hold back events');
  await panel.getByRole('button', { name: 'A payment fails' }).press('Enter');
  await said.getByText('4 events were sent, 4 were taken').waitFor();
  await hold.check();
  await said.getByText('Done.').waitFor();
  const known = shop.received.length;
  await panel.getByRole('button', { name: 'It is paid after all' }).press('Enter');
  await panel.getByText('3 events are held back.').waitFor();
  expect(shop.received).toHaveLength(known);
  await panel.getByRole('button', { name: 'Send those that are held back' }).click();
  await panel.getByText('No event is held back.').waitFor();
  expect(shop.received).toHaveLength(known + 3);
  await panel.getByRole('button', { name: 'End now' }).press('Enter');
  await panel.getByText('ended').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(browser.troubles()).toEqual([]);
});
