import { mkdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, juergen } from './playing-customers.js';

/** With SCREENSHOTS=folder it also leaves a picture of each stop. */
const pictures = process.env['SCREENSHOTS'];

describe('every kind of answer, by hand', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let owner: pg.Client;
  let person: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    person = await browser.person({ viewport: { width: 1440, height: 900 } });
    pages = new Dashboard(person.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.connect('whatsapp');
    await customers.write(ayse, 'Which sizes are there?');
    await customers.write(juergen, 'Wo bleibt mein Paket?');
    await pages.inbox();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await owner?.end();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  /** The page as it stands fits and has nothing that hinders anybody, wide and on a phone. */
  const stop = async (name: string) => {
    for (const width of [1440, 360]) {
      await person.page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      if (pictures !== undefined) {
        mkdirSync(pictures, { recursive: true });
        await person.page.screenshot({ path: path.join(pictures, `${name}.${String(width)}.png`) });
      }
      expect([name, width, await pages.violations()]).toEqual([name, width, []]);
      expect([name, width, await pages.scrollsSideways()]).toEqual([name, width, false]);
    }
    await person.page.setViewportSize({ width: 1440, height: 900 });
  };

  it('offers answers to choose from, and says what is too long', async () => {
    await pages.row('Which sizes').click();
    await pages.reply.fill('Which size do you need?');
    await person.page.getByRole('button', { name: 'Offer answers' }).click();
    const field = person.page.getByLabel('Answers to choose from');
    await field.fill(`Small, ${'x'.repeat(21)}`);
    await person.page.getByText('An answer has at most 20 characters here.').waitFor();
    expect(await person.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await stop('answers');
    await field.fill('Small, Large');
    await person.page.getByRole('button', { name: 'Send', exact: true }).click();
    await customers.received(ayse, 'Which size do you need?');
    const offered = pages.message('Which size do you need?').getByRole('list', { name: 'Answers that were offered' });
    expect(await offered.getByRole('listitem').allInnerTexts()).toEqual(['Small', 'Large']);
  }, 60_000);

  it('reacts to what the customer wrote, and takes it off', async () => {
    const theirs = person.page.locator('.bubble-row.inbound', { hasText: 'Which sizes' });
    await theirs.getByRole('button', { name: 'React to this message' }).click();
    await stop('reactions');
    await person.page.getByRole('menuitemradio', { name: '👍' }).click();
    await theirs.getByText('Our reaction').waitFor({ state: 'attached' });
    await theirs.getByRole('button', { name: 'React to this message' }).click();
    await person.page.getByRole('menuitemradio', { name: 'No reaction' }).click();
    await theirs.getByText('Our reaction').waitFor({ state: 'detached' });
  }, 60_000);

  it('sends a template when the time for replies is over', async () => {
    await owner.query(`update conversations set last_inbound_at = now() - interval '25 hours'
       where channel_id = (select id from channels where kind = 'WHATSAPP')`);
    await pages.row('Wo bleibt').click();
    await person.page.getByText('Reply not possible now.').waitFor();
    await person.page.getByRole('button', { name: 'Template', exact: true }).click();
    const dialog = person.page.getByRole('dialog', { name: 'Send a template' });
    const choice = dialog.getByLabel('Template', { exact: true });
    await choice.selectOption('summer_sale · en');
    await dialog.getByText(/has not approved it/).waitFor();
    expect(await dialog.getByRole('button', { name: 'Send template' }).isDisabled()).toBe(true);
    await choice.selectOption('delivery_today · en');
    await dialog.getByRole('button', { name: 'Send template' }).click();
    await dialog.getByText('Fill in every place.').first().waitFor();
    expect(await dialog.getByText('Fill in every place.').count()).toBe(4);
    await stop('template');
    for (const [place, value] of ['Jürgen', '42', '9 and 12', '42'].entries())
      await dialog.getByLabel(`In the place of {{${String(place + 1)}}}`).fill(value);
    await dialog.getByText('Your parcel 42 comes today between 9 and 12.').waitFor();
    await dialog.getByRole('button', { name: 'Send template' }).click();
    await dialog.waitFor({ state: 'detached' });
    await pages.message('Your parcel 42 comes today').waitFor();
    await eventually(async () => {
      const texts = (await customers.thread(juergen)).map(({ text }) => text ?? '');
      return texts.some((text) => text.includes('Your parcel 42 comes today between 9 and 12.')) ? true : null;
    });
  }, 60_000);

  it('marks spam and brings it back, blocks and unblocks', async () => {
    const pane = person.page.getByRole('complementary', { name: 'Customer' });
    await pane.getByRole('button', { name: 'Mark as spam' }).click();
    await pane.getByRole('button', { name: 'Not spam' }).waitFor();
    await stop('noise');
    await person.page.getByRole('link', { name: 'Spam' }).click();
    await pages.row('Your parcel 42').click();
    await pane.getByRole('button', { name: 'Not spam' }).click();
    await person.page.getByRole('link', { name: /^Open\b/ }).click();
    await pages.row('Your parcel 42').click();
    await pane.getByRole('button', { name: 'Block', exact: true }).click();
    await person.page.getByText('You have blocked this customer').waitFor();
    expect(await person.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
    await stop('blocked');
    await pane.getByRole('button', { name: 'Unblock' }).click();
    await person.page.getByText('You have blocked this customer').waitFor({ state: 'detached' });
  }, 60_000);
});
