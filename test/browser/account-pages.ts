import type { Page } from 'playwright-core';
import { Dashboard, password } from './dashboard.js';
import { type Look, PageLooks, type Stop, inDialog, press } from './page-looks.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import type { TestApp } from '../support/app.js';
import pg from 'pg';

/** The pages and dialogs of accounts, each looked at in every wanted way: rules of accessibility, width, words cut off. */
export class AccountPages extends PageLooks {
  private constructor(
    private readonly app: TestApp,
    private readonly browser: TestBrowser,
    private readonly sql: pg.Client,
    wanted: readonly Look[],
  ) {
    super(app.url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<AccountPages> {
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    return new AccountPages(app, browser, sql, wanted);
  }

  async stop(): Promise<void> {
    await this.sql.end();
  }

  /** Before anybody is in. */
  async setUp(): Promise<void> {
    await this.walk(await this.person(), [
      { name: 'set-up', path: '/', open: (page) => page.locator('.set-up-note').waitFor() },
      { name: 'set-up-refused', path: '/', open: press },
    ]);
  }

  /** What a person without a session sees. */
  async outside(): Promise<void> {
    const publicPages = [
      '/privacy',
      '/privacy/processors',
      ...['terms', 'privacy', 'processing', 'refund'].map((kind) => `/policies/${kind}`),
    ];
    const button = (page: Page) => page.locator('main button').first().waitFor();
    await this.walk(await this.person(), [
      { name: 'sign-in', path: '/sign-in', open: button },
      { name: 'sign-in-refused', path: '/sign-in', open: press },
      { name: 'sign-up', path: '/sign-up', open: button },
      { name: 'sign-up-refused', path: '/sign-up', open: press },
      { name: 'forgot', path: '/forgot-password', open: button },
      {
        name: 'forgot-sent',
        path: '/forgot-password',
        open: async (page) => {
          await page.locator('input[name=email]').fill('nobody.of.this.long.name@a-very-long-domain.example.com');
          await press(page);
          await page.locator('main form').waitFor({ state: 'detached' });
        },
      },
      { name: 'reset', path: '/reset-password?token=none', open: button },
      { name: 'reset-broken', path: '/reset-password' },
      { name: 'verify', path: '/verify-email?token=none', open: button },
      {
        name: 'verify-refused',
        path: '/verify-email?token=none',
        open: async (page) => {
          await page.locator('main button').first().click();
          await page.getByRole('alert').waitFor();
        },
      },
      { name: 'confirm-email', path: '/confirm-email?token=none', open: button },
      { name: 'invitation', path: '/accept-invitation?token=none', open: button },
      ...publicPages.map((address) => ({ name: `public${address.replaceAll('/', '-')}`, path: address })),
    ]);
  }

  /** What an owner sees, whose workspace has people in every role, some with long names. */
  async inside(): Promise<void> {
    const owner = await this.person();
    const workspace = new URL(owner.page.url()).origin;
    const dashboard = new Dashboard(owner.page, this.app.url);
    await dashboard.signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    const id = /\/w\/([^/]+)/.exec(owner.page.url())?.[1] ?? workspace;
    await this.people(id);
    const settings = (place: string) => `/w/${id}/settings/${place}`;
    const stop = (place: string): Stop => ({
      name: place,
      path: settings(place),
      open: (page) => page.locator('.settings-main h1').waitFor(),
    });
    const danger = inDialog('.danger-zone button');
    await this.walk(owner, [
      { name: 'inbox-unverified', path: `/w/${id}/inbox/open`, open: (page) => page.locator('.top-banner').waitFor() },
      stop('profile'),
      { ...stop('profile'), name: 'delete-account', open: danger },
    ]);
    await this.sql.query('update users set email_verified_at = now()');
    await this.sql.query(`update policy_acceptances set version = '2020-01-01' where kind in ('TERMS', 'PRIVACY')`);
    await this.walk(owner, [
      { name: 'inbox-policies', path: `/w/${id}/inbox/open`, open: (page) => page.locator('.top-banner').waitFor() },
    ]);
    // All is accepted from here on.
    await this.sql.query(`
      update policy_acceptances set accepted_at = now(),
             version = (select max(version) from policy_acceptances where version > '2020-01-01') where version = '2020-01-01'`);
    const cards = '.cards li';
    await this.walk(owner, [
      stop('security'),
      {
        ...stop('security'),
        name: 'two-factor',
        open: async (page) => {
          await inDialog('.settings-main section button.primary')(page);
          await page.locator('dialog details summary').click();
        },
      },
      stop('members'),
      { ...stop('members'), name: 'member-role', open: inDialog(`${cards}:nth-child(2) button`) },
      { ...stop('members'), name: 'member-remove', open: inDialog(`${cards}:nth-child(2) button.danger`) },
      stop('tokens'),
      { ...stop('workspace'), name: 'workspace' },
      {
        ...stop('workspace'),
        name: 'business-hours',
        open: async (page) => {
          const always = page.locator('.settings-main input[type=checkbox]').first();
          await always.uncheck();
          await page.locator('.settings-main input[type=checkbox]').nth(1).check();
        },
      },
      { ...stop('workspace'), name: 'delete-workspace', open: danger },
      stop('audit'),
      {
        ...stop('audit'),
        name: 'audit-empty',
        open: async (page) => {
          await page.locator('.settings-main form input').fill('nothing.of.this.name');
          await press(page);
          await page.locator('.empty-state').waitFor();
        },
      },
      stop('notifications'),
    ]);
    await this.walk(owner, [
      {
        ...stop('security'),
        name: 'recovery-codes',
        open: async (page) => {
          await this.sql.query('delete from two_factors');
          await this.sql.query('update users set two_factor_since = null');
          await page.reload();
          await inDialog('.settings-main section button.primary')(page);
          const secret = (await page.locator('dialog code').textContent())?.replaceAll(' ', '') ?? '';
          await page.locator('dialog input').fill(await codeOf(secret));
          await page.locator('dialog button[type=submit]').click();
          await page.locator('.recovery-codes').waitFor();
        },
      },
      { ...stop('security'), name: 'two-factor-off', open: inDialog('.settings-main section button.danger') },
      {
        ...stop('tokens'),
        name: 'password-again',
        open: async (page) => {
          await this.sql.query(`update sessions set authenticated_at = now() - interval '1 hour'`);
          await page.locator('.settings-main form input').first().fill('Reports');
          await press(page);
          await page.locator('dialog').waitFor();
        },
      },
      {
        ...stop('tokens'),
        name: 'token-secret',
        open: async (page) => {
          await this.sql.query(`update sessions set authenticated_at = now()`);
          await page.locator('.settings-main form input').first().fill('Reports of every month for the bookkeeping');
          await press(page);
          await page.locator('dialog').waitFor();
        },
      },
      { ...stop('tokens'), name: 'tokens-some', open: (page) => page.locator(cards).first().waitFor() },
    ]);
    await this.walk(await this.person(), [
      {
        name: 'sign-in-code',
        path: '/sign-in',
        open: async (page) => {
          await page.locator('input[type=email]').fill('ada@example.com');
          await page.locator('input[type=password]').fill(password);
          await press(page);
          await page.locator('input[name=totp]').waitFor();
        },
      },
    ]);
    await this.sql.query(`delete from members where role = 'OWNER'`);
    await this.walk(owner, [{ name: 'no-workspace', path: '/', open: (page) => page.locator('main form').waitFor() }]);
    await owner.context.close();
  }

  private person(): Promise<WatchedPage> {
    return this.browser.person({ reducedMotion: 'reduce' });
  }

  private async people(workspaceId: string): Promise<void> {
    const people = [
      ['ADMIN', 'Grace Brewster Murray Hopper'],
      ['EDITOR', 'Çağrı Şükrüoğlu-Yağcıoğlu'],
      ['VIEWER', 'Jürgen'],
    ] as const;
    for (const [role, name] of people) {
      await this.sql.query(
        `with person as (insert into users (id, email, name, password_hash, email_verified_at)
           values (gen_random_uuid(), $3, $4, 'none', now()) returning id)
         insert into members (workspace_id, id, user_id, role) select $1, gen_random_uuid(), id, $2 from person`,
        [workspaceId, role, `${role.toLowerCase()}.of.the.engine.shop@a-very-long-domain.example.com`, name],
      );
    }
    await this.sql.query(
      `insert into invitations (workspace_id, id, email, role, token_hash, invited_by, expires_at)
       select $1, gen_random_uuid(), 'a.colleague.who.is.awaited@example.com', 'EDITOR', decode(repeat('ab', 32), 'hex'), id, now() + interval '7 days'
         from members where workspace_id = $1 and role = 'OWNER'`,
      [workspaceId],
    );
  }
}

async function codeOf(secret: string): Promise<string> {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate();
}
