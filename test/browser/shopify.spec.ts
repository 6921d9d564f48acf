import { Config } from '../../src/platform/config/index.js';
import { juergen as writer } from './playing-customers.js';
import { Walk } from './walk.js';

const shop = 'demo-shop.myshopify.com';

/** A store is connected, looked into beside a conversation, and left: each step stands on those before it. */
describe('a store at Shopify on the pages', () => {
  const walk = Walk.of(async ({ app, page, pages, customers }) => {
    await pages.connect('whatsapp');
    // Where Shopify sends people back to: the session is of that name.
    const { publicUrl } = app.app.get(Config);
    const cookies = await page.context().cookies();
    await page
      .context()
      .addCookies(cookies.map(({ name, value }) => ({ name, value, url: publicUrl, httpOnly: true })));
    await page.goto(page.url().replace(app.url, publicUrl));
    await customers.write(writer, 'Where is my parcel?');
  });
  const pane = () => walk.page.getByRole('complementary', { name: 'Customer' });
  const atShopify = `/shopify/${shop}/admin`;
  const openCustomer = async () => {
    await walk.pages.inbox();
    await walk.pages.row(writer.name).click();
    await pane().getByRole('heading', { name: writer.name }).waitFor();
  };

  walk.step('nothing is said of orders before a store is connected', async () => {
    await openCustomer();
    expect(await pane().getByRole('heading', { name: 'Orders' }).count()).toBe(0);
  });

  walk.step('a store is connected by its owner, who says yes at Shopify', async () => {
    await walk.pages.settings('Shopify');
    await walk.main.getByText('No store is connected').waitFor();
    await walk.main.getByLabel('Address at Shopify').fill('www.shop.example');
    await walk.main.locator('form').getByRole('button', { name: 'Connect a store' }).click();
    await walk.main.getByText('Write the address that the store has at Shopify').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.main.getByLabel('Address at Shopify').fill('https://admin.shopify.com/store/demo-shop');
    await walk.main.locator('form').getByRole('button', { name: 'Connect a store' }).click();
    await walk.page.getByRole('button', { name: 'Install app' }).click();
    await walk.item(shop).getByText('connected', { exact: true }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('what the customer ordered stands beside the conversation, with the parcel', async () => {
    await openCustomer();
    const orders = pane().getByRole('list', { name: `Orders at ${shop}` });
    await orders.getByText('#1002').waitFor();
    await orders.getByText('3 × Cups that nearly match').waitFor();
    await orders.getByText('€84.90').waitFor();
    const parcel = orders.getByRole('link', { name: 'Follow the parcel' });
    expect(await parcel.getAttribute('href')).toBe('https://parcels.example.com/1002');
    expect(await parcel.getAttribute('rel')).toContain('noopener');
    expect(await walk.pages.violations()).toEqual([]);
  });

  walk.step('a store that took the access away says so, and leads to where that is mended', async () => {
    const removed = await fetch(`${walk.app.sandbox.url}${atShopify}`, { method: 'POST' });
    expect(removed.status).toBe(200);
    await walk.pages.settings('Shopify');
    await walk.item(shop).getByText('The app was removed from the store at Shopify.').waitFor();
    const settings = walk.page.url();
    await walk.item(shop).getByRole('button', { name: 'Connect it again' }).click();
    await walk.page.getByRole('button', { name: 'Cancel' }).click();
    await walk.page.getByText('Nothing was installed').waitFor();
    await walk.page.goto(`${walk.page.url().replace(/\/shopify\/.*$/u, '')}${atShopify}`);
    await walk.page.getByText('The app is not in this store').waitFor();
    await walk.page.goto(settings);
  });

  walk.step('a store is connected again and left', async () => {
    await walk.item(shop).getByRole('button', { name: 'Connect it again' }).click();
    await walk.page.getByRole('button', { name: 'Install app' }).click();
    await walk.item(shop).getByRole('button', { name: 'Disconnect' }).click();
    await walk.dialog.getByText('the app is removed from it at Shopify').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Disconnect' }).click();
    await walk.item(shop).getByText('disconnected', { exact: true }).waitFor();
    await openCustomer();
    expect(await pane().getByRole('heading', { name: 'Orders' }).count()).toBe(0);
  });

  walk.step('a way that ended without a store says why', async () => {
    const base = walk.page.url().replace(/(\/w\/[^/]+).*$/u, '$1');
    await walk.page.goto(`${base}/settings/shopify?refused=ACCOUNT_TAKEN`);
    await walk.page.getByRole('alert').getByText('Another workspace of this server has this store').waitFor();
    await walk.page.goto(`${base}/settings/shopify?refused=<b>x</b>`);
    await walk.page.getByRole('alert').getByText('cannot be understood').waitFor();
  });
});
