import pg from 'pg';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { ends, sellingEnvironment, stands } from '../support/billing.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { type Look, PageLooks, inDialog } from './page-looks.js';

const long = 'grosshandel-mit-mehreren-niederlassungen';

/** A server that sells three plans, one of them with a name as long as operators give them. */
export async function startSelling(): Promise<TestApp> {
  const plans = {
    starter: { SEATS: 2, CHANNELS: 2, AI_REPLIES: 200, CONTACTS: 5, KNOWLEDGE_PASSAGES: 100 },
    team: { SEATS: 10, CHANNELS: 10, AI_REPLIES: 2_000, CONTACTS: 10, KNOWLEDGE_PASSAGES: 10_000 },
    [long]: { AI_REPLIES: 20_000, KNOWLEDGE_PASSAGES: 100_000 },
  };
  return startWithPages({ environment: await sellingEnvironment({ plans, trial: { plan: 'team', days: 2 } }) });
}

const shown = async (page: Page) => {
  await page.locator('.plan-cards > li').nth(2).waitFor();
  await page.locator('.usage-list > li').nth(4).waitFor();
};

/** The plan, from its trial to its end. */
export class BillingPages extends PageLooks {
  private constructor(
    private readonly app: TestApp,
    wanted: readonly Look[],
    private readonly sql: pg.Client,
    private readonly person: WatchedPage,
    private readonly workspaceId: string,
  ) {
    super(app.url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<BillingPages> {
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const person = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    await new Dashboard(person.page, app.url).signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    return new BillingPages(app, wanted, sql, person, /\/w\/([^/]+)/u.exec(person.page.url())?.[1] ?? '');
  }

  async stop(): Promise<void> {
    await this.sql.end();
  }

  private get path(): string {
    return `/w/${this.workspaceId}/settings/billing`;
  }

  /** Tried, and waited for. */
  async trial(): Promise<void> {
    await this.walk(this.person, [
      { name: 'billing-trial', path: this.path, open: shown },
      { name: 'billing-waiting', path: `${this.path}?billing=done`, open: shown },
    ]);
  }

  /** Paid for, nearly used up, changed and cancelled. */
  async paid(): Promise<void> {
    await stands(this.app.app, this.workspaceId, { plan: 'team', addOns: ['whatsapp'] });
    await this.sql.query(
      'insert into contacts (workspace_id, id) select $1, gen_random_uuid() from generate_series(1, 9)',
      [this.workspaceId],
    );
    const pressed = (selector: string) => async (page: Page) => {
      await shown(page);
      await inDialog(selector)(page);
    };
    await this.walk(this.person, [
      { name: 'billing-active', path: this.path, open: shown },
      { name: 'billing-done', path: `${this.path}?billing=done`, open: shown },
      { name: 'billing-change', path: this.path, open: pressed('.plan-cards .button') },
      { name: 'billing-cancel', path: this.path, open: pressed('.settings-main .button.danger') },
    ]);
  }

  /** Not paid, cancelled, and over. */
  async over(): Promise<void> {
    const { app } = this.app;
    await stands(app, this.workspaceId, { plan: 'starter', status: 'PAST_DUE' });
    await this.walk(this.person, [{ name: 'billing-past-due', path: this.path, open: shown }]);
    const endsAt = new Date(Date.now() + 2 * 86_400_000);
    await stands(app, this.workspaceId, { plan: 'starter', status: 'CANCELED', renewsAt: null, endsAt });
    await this.walk(this.person, [{ name: 'billing-cancelled', path: this.path, open: shown }]);
    await ends(app, this.workspaceId, 'starter');
    await this.walk(this.person, [{ name: 'billing-ended', path: this.path, open: shown }]);
  }
}
