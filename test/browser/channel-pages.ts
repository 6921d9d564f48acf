import pg from 'pg';
import type { Page } from 'playwright-core';
import { Config } from '../../src/platform/config/index.js';
import type { TestApp } from '../support/app.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { Dashboard } from './dashboard.js';
import { type Look, PageLooks, type Stop, inDialog, press } from './page-looks.js';

const long = 'Çağrı Şükrüoğlu-Yağcıoğlu Kuyumculuk ve Saat Sanayi Limited Şirketi';
const ended = 'The password of the person who connected the account was changed. Connect the account again.';

/** Channels in every state, by SQL: what a platform would have to do to each of them is told elsewhere. */
const channels = [
  ['EXPIRED', 'MESSENGER', long, '900000000000009', ended, '{}'],
  [
    'EXPIRING',
    'INSTAGRAM',
    'Atelier',
    '17841400000000009',
    'The access ends on 2026-12-01.',
    '{"instagram": true, "username": "atelier.of.the.old.town"}',
  ],
  [
    'ERROR',
    'WHATSAPP',
    '+90 555 000 00 09',
    '660000000000009',
    'This number is not registered for sending yet.',
    '{"wabaId": "770000000000009", "displayPhone": "+90 555 000 00 09", "registered": false}',
  ],
  ['DISCONNECTED', 'WHATSAPP', 'WhatsApp', null, null, '{}'],
  ['CONNECTED', 'TELEGRAM', 'Bot', '7000000009', null, '{}'],
] as const;

/** The pages and dialogs of channels, each looked at in every wanted way. */
export class ChannelPages extends PageLooks {
  private readonly ids = new Map<string, string>();

  private constructor(
    url: string,
    wanted: readonly Look[],
    private readonly sql: pg.Client,
    private readonly person: WatchedPage,
    private readonly workspaceId: string,
  ) {
    super(url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<ChannelPages> {
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const person = await browser.person({ reducedMotion: 'reduce' });
    // Where platforms send people back to: the session is of that name.
    const url = app.app.get(Config).publicUrl;
    await new Dashboard(person.page, url).signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    const workspaceId = /\/w\/([^/]+)/.exec(person.page.url())?.[1] ?? '';
    await sql.query('update users set email_verified_at = now()');
    return new ChannelPages(url, wanted, sql, person, workspaceId);
  }

  async stop(): Promise<void> {
    await this.sql.end();
  }

  /** How channels are connected. */
  async connecting(): Promise<void> {
    const refused = await this.back('messenger', 'Cancel');
    const granted = await this.back('messenger', 'Continue', 'instagram_manage_messages');
    const ask = async (page: Page) => {
      await page.locator('main section button.primary').click();
      await page.locator('.permissions').waitFor();
    };
    await this.walk(this.person, [
      this.at('channels-none', 'channels'),
      this.at('connect', 'channels/connect/messenger'),
      this.at('connect-asked', 'channels/connect/messenger', ask),
      this.at('connect-asked-whatsapp', 'channels/connect/whatsapp', ask),
      this.at('connect-by-hand', 'channels/connect/whatsapp', (page) => page.locator('.by-hand summary').click()),
      this.at('connect-telegram', 'channels/connect/telegram'),
      this.at('connect-email', 'channels/connect/email'),
      this.at('consent-refused', refused, (page) => page.getByRole('alert').waitFor()),
      this.at('consent-unknown', 'channels?authorization=none', (page) => page.locator('.empty-state').waitFor()),
      this.at('consent-choice', granted, async (page) => {
        await page.locator('main form input').first().check();
        await page.locator('main form summary').click();
      }),
      this.at('web-chat-new', 'channels/connect/web-chat'),
      this.at('web-chat-refused', 'channels/connect/web-chat', async (page) => {
        await page.locator('input[name=name]').fill('Shop');
        await page.locator('textarea[name=allowedDomains]').fill('http://shop.example');
        await press(page);
        await page.getByRole('alert').waitFor();
      }),
    ]);
  }

  /** How they fare, and end. */
  async living(): Promise<void> {
    await this.inEveryState();
    const shown = (page: Page) => page.locator('.channel-head').waitFor();
    const chat = await this.webChat();
    const one = (status: string, open: Stop['open'] = shown) =>
      this.at(`channel-${status.toLowerCase()}`, `channels/${this.ids.get(status) ?? ''}`, open);
    await this.walk(this.person, [
      this.at('channels', 'channels', (page) => page.locator('.cards').waitFor()),
      {
        name: 'inbox-trouble',
        path: `/w/${this.workspaceId}/inbox/open`,
        open: (page) => page.locator('.channel-banner').waitFor(),
      },
      ...['EXPIRED', 'EXPIRING', 'ERROR', 'DISCONNECTED', 'CONNECTED'].map((status) => one(status)),
      { ...one('EXPIRED', inDialog('.danger-zone button')), name: 'channel-disconnect' },
      { ...one('EXPIRED', inDialog('.channel-head button')), name: 'channel-rename' },
      this.at('web-chat', chat, shown),
      this.at('web-chat-secret', chat, async (page) => {
        await page.locator('main section:has(h2) > .button').first().click();
        await page.locator('dialog .primary').click();
        await page.locator('dialog .secret').waitFor();
      }),
    ]);
    await this.person.context.close();
  }

  private at(name: string, place: string, open?: Stop['open']): Stop {
    const path = `/w/${this.workspaceId}/settings/${place}`;
    return { name, path, open: open ?? ((page) => page.locator('.settings-main h1').waitFor()) };
  }

  /** Goes to a consent page and comes back, without one permission; gives where. */
  private async back(kind: string, way: 'Continue' | 'Cancel', without?: string): Promise<string> {
    const { page } = this.person;
    await page.goto(`${this.url}/w/${this.workspaceId}/settings/channels/connect/${kind}`);
    await page.locator('main section button.primary').click();
    await page.locator('.permissions').waitFor();
    await page.locator('main section button.primary').click();
    if (without !== undefined) await page.getByLabel(without).uncheck();
    await page.getByRole('button', { name: way }).click();
    await page.waitForURL('**/settings/channels?authorization=*');
    return `channels${new URL(page.url()).search}`;
  }

  private async inEveryState(): Promise<void> {
    for (const [status, kind, name, externalId, error, settings] of channels) {
      const { rows } = await this.sql.query<{ id: string }>(
        `insert into channels (workspace_id, id, kind, provider, name, external_id, status, last_error, settings, token_expires_at)
         values ($1, gen_random_uuid(), $2, $8, $3, $4, $5, $6, $7, case when $5 = 'EXPIRING' then now() + interval '5 days' end) returning id`,
        [this.workspaceId, kind, name, externalId, status, error, settings, kind === 'TELEGRAM' ? 'telegram' : 'meta'],
      );
      this.ids.set(status, rows[0]?.id ?? '');
    }
    await this.sql.query(
      `insert into token_uses (workspace_id, id, channel_id, purpose, host, cause)
       select $1, gen_random_uuid(), $2, purpose, 'graph.facebook.example', cause
         from (values ('VERIFY', 'job token-expiry'), ('SEND', 'message 01930000-0000-7000-8000-000000000000'), ('PULL', 'attachment 01930000-0000-7000-8000-000000000001')) use (purpose, cause)`,
      [this.workspaceId, this.ids.get('EXPIRED')],
    );
  }

  private async webChat(): Promise<string> {
    const { page } = this.person;
    await page.goto(`${this.url}/w/${this.workspaceId}/settings/channels/connect/web-chat`);
    await page.locator('input[name=name]').fill('Shop chat');
    await page.locator('textarea[name=allowedDomains]').fill('shop.example\n*.a-very-long-name-of-a-shop.example.com');
    await press(page);
    await page.locator('.snippet').first().waitFor();
    return /channels\/[^/]+$/.exec(page.url())?.[0] ?? '';
  }
}
