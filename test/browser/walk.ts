import pg from 'pg';
import type { Locator, Page } from 'playwright-core';
import type { TestApp, TestAppOptions } from '../support/app.js';
import { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers } from './playing-customers.js';
import { steps } from './steps.js';

/** What one person does on the pages, from her first day on: each step stands on those before it. */
export class Walk {
  app!: TestApp;
  browser!: TestBrowser;
  /** Her window. */
  page!: Page;
  pages!: Dashboard;
  customers!: Customers;
  /** Past all rules, as the owner of the tables. */
  sql!: pg.Client;
  readonly step = steps();

  /** Declares what stands before the first step, and what is ended after the last; nothing may go wrong unseen. */
  static of(prepare: (walk: Walk) => Promise<void>, options: () => TestAppOptions = () => ({})): Walk {
    const walk = new Walk();
    beforeAll(async () => {
      await walk.start(options());
      await prepare(walk);
    }, 120_000);
    afterAll(() => walk.stop());
    afterEach(() => expect(walk.browser.troubles()).toEqual([]));
    return walk;
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }
  get dialog(): Locator {
    return this.page.locator('dialog[open]');
  }

  /** The button of the page with exactly this name. */
  button(name: string): Locator {
    return this.main.getByRole('button', { name, exact: true });
  }

  /** What stands in a list with these words. */
  item(words: string): Locator {
    return this.main.getByRole('listitem').filter({ hasText: words });
  }

  /** A chip that says how something stands. */
  async stands(words: string): Promise<void> {
    await this.main.locator('.chip').getByText(words, { exact: true }).first().waitFor();
  }

  /** Waits until a field holds this: what it holds may come later than itself. */
  async holds(field: Locator, value: string | RegExp): Promise<void> {
    const fits = (held: string) => (typeof value === 'string' ? held === value : value.test(held));
    await eventually(async () => (fits(await field.inputValue()) ? true : null));
  }

  private async start(options: TestAppOptions): Promise<void> {
    [this.app, this.browser] = await Promise.all([startWithPages(options), TestBrowser.launch()]);
    this.sql = new pg.Client({ connectionString: this.app.database.ownerUrl });
    await this.sql.connect();
    this.customers = new Customers(this.app.sandbox.url);
    ({ page: this.page } = await this.browser.person({ viewport: { width: 1440, height: 900 } }));
    this.pages = new Dashboard(this.page, this.app.url);
    await this.pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
  }

  private async stop(): Promise<void> {
    await this.sql?.end();
    await this.browser?.close();
    await this.app?.close();
  }
}
