import pg from 'pg';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { Dashboard } from './dashboard.js';
import { type Look, PageLooks, inDialog, ofForm, press } from './page-looks.js';
import { Customers, ayse, john } from './playing-customers.js';

/** What a customer wrote of themselves, beside the thread. */
const wrote = '.contact-pane .contact-merge blockquote';
const long = 'Çağrı Şükrüoğlu-Yağcıoğlu Kuyumculuk ve Saat Sanayi Limited Şirketi';
const hook =
  'https://hooks.schmuck-und-uhrenhandlung.example/parley/warenwirtschaft/eingang?mandant=4711&quelle=posteingang';

/** People as they are kept: all of them, in groups, what is known of them; and who else hears of them. */
export class PeoplePages extends PageLooks {
  private constructor(
    url: string,
    wanted: readonly Look[],
    private readonly sql: pg.Client,
    private readonly person: WatchedPage,
    private readonly base: string,
    private readonly conversation: string,
  ) {
    super(url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<PeoplePages> {
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const person = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const dashboard = new Dashboard(person.page, app.url);
    await dashboard.signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    await dashboard.connect('messenger');
    const customers = new Customers(app.sandbox.url);
    await customers.write(john, 'Is anybody there?');
    await customers.write(ayse, 'My name is Ayşe Öz, write to ayse@example.com or call +90 532 123 45 67.');
    await dashboard.inbox();
    await dashboard.row(ayse.name).click();
    await person.page.locator(wrote).first().waitFor();
    const conversation = /\/inbox\/\w+\/([^/]+)/u.exec(person.page.url())?.[1] ?? '';
    await known(sql);
    const base = /\/w\/[^/]+/u.exec(person.page.url())?.[0] ?? '';
    return new PeoplePages(app.url, wanted, sql, person, base, conversation);
  }

  async stop(): Promise<void> {
    await this.sql.end();
  }

  /** All of them, and those who have something in common. */
  async groups(): Promise<void> {
    const contacts = `${this.base}/contacts`;
    const listed = (page: Page) => page.locator('.contact-result').nth(2).waitFor();
    const chosen = async (page: Page) => {
      await listed(page);
      await page.locator('.segment-bar select').selectOption({ index: 1 });
      await page.locator('.segment-bar .icon-button').waitFor();
    };
    await this.walk(this.person, [
      { name: 'people', path: contacts, open: listed },
      { name: 'people-segment', path: contacts, open: chosen },
      {
        name: 'people-segment-dialog',
        path: contacts,
        open: async (page) => {
          await chosen(page);
          await page.locator('.segment-bar .button').first().click();
          await page.locator('dialog .segment-condition').first().waitFor();
        },
      },
      {
        name: 'people-wrote',
        path: `${this.base}/inbox/all/${this.conversation}/details`,
        open: (page) => page.locator(wrote).first().waitFor(),
      },
    ]);
  }

  /** What is kept of them beside their addresses. */
  async fields(): Promise<void> {
    const fields = `${this.base}/settings/contacts`;
    const listed = (page: Page) => page.locator('.cards .card').nth(2).waitFor();
    await this.walk(this.person, [
      { name: 'fields', path: fields, open: listed },
      { name: 'field-dialog', path: fields, open: inDialog('.cards .card:nth-child(2) .button') },
      { name: 'field-remove', path: fields, open: inDialog('.cards .card .button.danger') },
    ]);
  }

  /** Files that people come out of: what was imported, what columns become, what was rejected. */
  async imports(): Promise<void> {
    const imports = `${this.base}/leads/import`;
    const [one] = (await this.sql.query<{ id: string }>('select id from lead_imports where rejected > 0')).rows;
    const rejected = (page: Page) => page.locator('.rejected-lines tbody tr').nth(2).waitFor();
    await this.walk(this.person, [
      { name: 'imports', path: imports, open: (page) => page.locator('.result-list li').nth(1).waitFor() },
      { name: 'import-result', path: `${imports}/${one?.id ?? ''}`, open: rejected },
      {
        name: 'import-columns',
        path: imports,
        open: async (page) => {
          const buffer = Buffer.from(`Ad Soyad;E-posta;${long}\nAyşe Öz;ayse@example.com;${long}\n`);
          await page.locator('.drop-place input').setInputFiles({ name: 'adaylar.csv', mimeType: 'text/csv', buffer });
          await page.locator('.column-table select').first().selectOption('email');
          await page.locator('.first-rows summary').click();
        },
      },
    ]);
  }

  /** Forms on other sites, by which people come. */
  async forms(): Promise<void> {
    const forms = `${this.base}/settings/forms`;
    await this.walk(this.person, [
      { name: 'forms', path: forms, open: (page) => page.locator('.cards .card').nth(1).waitFor() },
      { name: 'form-snippet', path: forms, open: (page) => page.locator('.cards summary').first().click() },
      { name: 'form-remove', path: forms, open: inDialog('.cards .button.danger') },
      {
        name: 'form-refused',
        path: forms,
        open: async (page) => {
          await ofForm(page).locator('input').nth(1).fill('no site');
          await press(page);
          await page.locator('.field-error').waitFor();
        },
      },
    ]);
  }

  /** The systems of the business that are told of them. */
  async webhooks(): Promise<void> {
    const webhooks = `${this.base}/settings/webhooks`;
    await this.walk(this.person, [
      { name: 'webhooks', path: webhooks, open: (page) => page.locator('.cards .card').nth(2).waitFor() },
      {
        name: 'webhook-calls',
        path: webhooks,
        open: async (page) => {
          await page.locator('.card').filter({ hasText: hook }).locator('summary').click();
          await page.locator('.cards tbody tr').nth(3).waitFor();
        },
      },
      { name: 'webhook-remove', path: webhooks, open: inDialog('.cards .button.danger') },
      {
        name: 'webhook-secret',
        path: webhooks,
        open: async (page) => {
          await ofForm(page).locator('input[type=url]').fill('https://hooks.example.com/c');
          await press(page);
          await page.locator('dialog[open] .secret').waitFor();
        },
      },
    ]);
  }
}

/** People in groups, fields, forms and systems, with names as long as people give them. */
async function known(sql: pg.Client): Promise<void> {
  for (const [name, emails, tags, values] of [
    [long, ['cagri.sukruoglu-yagcioglu@kuyumculuk-ve-saat-sanayi.example'], ['vip', 'toptan'], { plan: 'Pro' }],
    ['نورة عبد الرحمن', ['noura@example.com', 'noura.work@example.com'], ['vip'], { plan: 'Pro', since: '2024-02-29' }],
    ['Zoë', [], [], { plan: 'Free' }],
  ] as const)
    await sql.query(
      `insert into contacts (workspace_id, id, name, emails, phones, tags, custom_fields, language)
       select id, gen_random_uuid(), $1, $2, '{+905321234567}', $3, $4, 'tr' from workspaces`,
      [name, emails, tags, values],
    );
  for (const [key, name, kind, choices] of [
    ['plan', 'Plan', 'CHOICE', ['Free', 'Pro', 'Sonderkonditionen für Wiederverkäufer', 'Kurumsal', 'Enterprise']],
    ['since', 'Müşteri olduğu tarih ve ilk sözleşme', 'DATE', []],
    ['number', 'Kundennummer', 'NUMBER', []],
  ] as const)
    await sql.query(
      'insert into contact_fields (workspace_id, id, key, name, kind, choices) select id, gen_random_uuid(), $1, $2, $3, $4 from workspaces',
      [key, name, kind, choices],
    );
  const fields = [
    { key: 'plan', comparison: 'IS', value: 'Pro' },
    { key: 'since', comparison: 'AT_LEAST', value: '2020-01-01' },
  ];
  await sql.query(
    'insert into contact_segments (workspace_id, id, name, filter) select id, gen_random_uuid(), $1, $2 from workspaces',
    ['Toptan alıp üç aydır yazmayan iyi müşteriler', { tags: ['vip'], languages: ['tr', 'de', 'ar'], fields }],
  );
  for (const [name, domains, answerOnly] of [
    [long, ['schmuck-und-uhrenhandlung.example', '*.schmuck-und-uhrenhandlung.example', 'kuyumcu.example'], true],
    ['Contact', ['shop.example'], false],
  ] as const)
    await sql.query(
      `insert into contact_forms (workspace_id, id, name, public_key, allowed_domains, answer_only)
       select id, gen_random_uuid(), $1, 'cf_' || md5($1), $2, $3 from workspaces`,
      [name, domains, answerOnly],
    );
  for (const [url, because, failing] of [
    [hook, null, true],
    ['https://hooks.example.com/a', 'GONE', true],
    ['https://hooks.example.com/b', null, false],
  ] as const)
    await sql.query(
      `insert into webhook_endpoints (workspace_id, id, url, events, secret, disabled_because, failing_since)
       select id, gen_random_uuid(), $1, '{conversation.started,message.received,lead.created,lead.changed}', '\\x00', $2,
              case when $3 then now() - interval '2 days' end from workspaces`,
      [url, because, failing],
    );
  for (const [status, trouble, answered, next] of [
    ['PENDING', 'REFUSED', 503, true],
    ['FAILED', 'TIMEOUT', null, false],
    ['DELIVERED', null, 204, false],
    ['CANCELED', null, null, false],
  ] as const)
    await sql.query(
      `insert into webhook_deliveries (workspace_id, id, endpoint_id, event, status, trouble, response_status, attempts, next_attempt_at)
       select workspace_id, gen_random_uuid(), id, 'conversation.started', $1, $2, $3, 7,
              case when $4 then now() + interval '4 hours' end from webhook_endpoints where url = $5`,
      [status, trouble, answered, next, hook],
    );
  for (const [status, rejected] of [
    ['RUNNING', 0],
    ['DONE', 3],
  ] as const)
    await sql.query(
      `insert into lead_imports (workspace_id, id, status, dry_run, encoding, separator, columns, targets, total, next_row, rejected, finished_at)
       select id, gen_random_uuid(), $1, false, 'windows-1254', ';', $2, '{name,email}', 90000, 45500, $3, case when $1 = 'DONE' then now() end
         from workspaces`,
      [status, [long, 'E-posta'], rejected],
    );
  for (const [line, reason, place] of [
    [7, 'TOO_LONG', 0],
    [81234, 'NO_EMAIL', 1],
    [81235, 'ERASED', null],
  ] as const)
    await sql.query(
      `insert into lead_import_rejections (workspace_id, import_id, line, reason, place)
       select workspace_id, id, $1, $2, $3 from lead_imports where rejected > 0`,
      [line, reason, place],
    );
}
