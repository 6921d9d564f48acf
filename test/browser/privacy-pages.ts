import pg from 'pg';
import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard } from './dashboard.js';
import { type Look, PageLooks, type Stop, inDialog, press } from './page-looks.js';
import { Customers, ayse, john, marco } from './playing-customers.js';

const stranger = 'somebody.who.asks@a-very-long-domain.example.com';
const case12 = 'Case 12 of 2026, commercial court, until the judgment is final';

/** What becomes of the requests that the desk is looked at with, by how they are called here. */
type Asked = Readonly<
  Record<'copied' | 'erased' | 'held' | 'waiting' | 'refused' | 'words', { id: string; code: string }>
>;

/** All that is about the law: the desk, a customer's rights beside their conversation, one's own, and the public pages. */
export class PrivacyPages extends PageLooks {
  private constructor(
    private readonly app: TestApp,
    private readonly browser: TestBrowser,
    wanted: readonly Look[],
    private readonly person: WatchedPage,
    private readonly base: string,
    private readonly asked: Asked,
    private readonly threadId: string,
  ) {
    super(app.url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<PrivacyPages> {
    const person = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const dashboard = new Dashboard(person.page, app.url);
    await dashboard.signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    await dashboard.connect('messenger');
    await dashboard.connect('instagram');
    const customers = new Customers(app.sandbox.url);
    for (const who of [marco, john, ayse]) await customers.write(who, 'Where is my order?');
    await dashboard.inbox();
    for (const who of [marco, john, ayse]) await dashboard.row(who.name).waitFor();
    await dashboard.row(ayse.name).click();
    await dashboard.message('Where is my order?').waitFor();
    const { pathname } = new URL(person.page.url());
    const base = /^\/w\/[^/]+/u.exec(pathname)?.[0] ?? '';
    const threadId = pathname.slice(pathname.lastIndexOf('/') + 1);
    const asked = await askedOf(new Desk(person.page, base.slice('/w/'.length)));
    return new PrivacyPages(app, browser, wanted, person, base, asked, threadId);
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** What the members who see to it have before them. */
  async desk(): Promise<void> {
    const some = (page: Page) => page.locator('.cards li').first().waitFor();
    const steps = (page: Page) => page.locator('.steps li').first().waitFor();
    const request = (which: keyof Asked, name: string, open: (page: Page) => Promise<unknown> = steps) =>
      this.at(name, `/settings/privacy/${this.asked[which].id}`, open);
    const dialog = (place: number) => async (page: Page) => {
      await steps(page);
      await inDialog(`.settings-main > .button-row button:nth-child(${String(place)})`)(page);
    };
    await this.walk(this.person, [
      this.at('desk', '/settings/privacy?state=ALL', some),
      this.at('desk-open', '/settings/privacy', some),
      this.at('desk-none', '/settings/privacy?state=RECEIVED', (page) => page.locator('.empty-state').waitFor()),
      this.at('request-new', '/settings/privacy/new'),
      this.at('request-new-refused', '/settings/privacy/new', async (page) => {
        await press(page);
        await page.getByRole('alert').first().waitFor();
      }),
      this.at('request-new-right', '/settings/privacy/new', (page) =>
        page.locator('select[name=kind]').selectOption('RECTIFY'),
      ),
      request('waiting', 'request-waiting'),
      request('held', 'request-held'),
      request('copied', 'request-copied'),
      request('erased', 'request-erased', (page) => page.locator('table').waitFor()),
      request('refused', 'request-refused'),
      request('waiting', 'request-match', dialog(1)),
      request('waiting', 'request-verify', dialog(2)),
      request('waiting', 'request-change', dialog(4)),
      request('waiting', 'request-extend', dialog(5)),
      request('waiting', 'request-reject', dialog(6)),
      request('words', 'request-rectify', dialog(2)),
      this.at('holds', '/settings/privacy/holds', some),
      this.at('hold-place', '/settings/privacy/holds', inDialog('.settings-main .button.primary')),
      this.at('hold-release', '/settings/privacy/holds', inDialog('.cards .button.danger')),
      this.at('retention', '/settings/workspace', (page) =>
        page.locator('input[name=conversationsDays]').scrollIntoViewIfNeeded(),
      ),
      this.at('your-data', '/settings/profile', async (page) => {
        const note = page.locator('textarea[name=note]');
        await note.fill('Please correct my name: it is Ada Byron, Countess of Lovelace.');
        if ((await page.locator('.settings-main .cards li').count()) > 0) return;
        await page.locator('form:has(textarea[name=note]) button[type=submit]').click();
        await page.locator('.settings-main .cards li').first().waitFor();
      }),
    ]);
  }

  /** What those who run the deployment have before them: this first person does. */
  async operator(): Promise<void> {
    const place = '/instance/privacy';
    const [meant, given] = [await this.askedInPublic('engine'), await this.askedInPublic('given')];
    await this.askedInPublic('child');
    await this.sql(`update instance_privacy_requests set due_at = now() - interval '3 days' where minor`);
    const some = (page: Page) => page.locator('.cards li').first().waitFor();
    const steps = (page: Page) => page.locator('.steps li').first().waitFor();
    const dialog = (number: number) => async (page: Page) => {
      await steps(page);
      await inDialog(`.settings-main > .button-row button:nth-child(${String(number)})`)(page);
    };
    await this.walk(this.person, [
      { name: 'operator-desk', path: `${place}?state=ALL`, open: some },
      {
        name: 'operator-none',
        path: `${place}?state=REJECTED`,
        open: (page) => page.locator('.empty-state').waitFor(),
      },
      { name: 'operator-gone', path: `${place}/none`, open: (page) => page.locator('.empty-state').waitFor() },
      { name: 'operator-request', path: `${place}/${meant}`, open: steps },
      ...['route', 'answer', 'proof', 'change', 'extend', 'refuse'].map((action, index) => ({
        name: `operator-${action}`,
        path: `${place}/${meant}`,
        open: dialog(index + 1),
      })),
      {
        name: 'operator-route-id',
        path: `${place}/${meant}`,
        open: async (page) => {
          await dialog(1)(page);
          await page.locator('dialog select').selectOption('another');
        },
      },
      this.at('settings-nav', '/settings/profile', (page) =>
        page.locator('.settings-nav a[href="/instance/privacy"]').scrollIntoViewIfNeeded(),
      ),
    ]);
    await this.sql(`delete from instance_privacy_requests where minor`);
    const { routed } = await new Desk(this.person.page, this.base.slice('/w/'.length)).ask<{ routed: { id: string } }>(
      `mutation ($id: ID!, $w: ID!) { routed: routePrivacyRequest(id: $id, workspaceId: $w) { id } }`,
      { id: await this.idOf(given), w: this.base.slice('/w/'.length) },
    );
    await this.walk(this.person, [
      { name: 'operator-owned', path: `${place}/${routed.id}`, open: steps },
      { name: 'operator-controller', path: `${place}/${routed.id}`, open: dialog(1) },
      { name: 'operator-erase', path: `${place}/${routed.id}`, open: dialog(2) },
      {
        name: 'operator-erase-refused',
        path: `${place}/${routed.id}`,
        open: async (page) => {
          await dialog(2)(page);
          await page.locator('dialog textarea').fill('Art. 17 GDPR');
          await page.locator('dialog input').fill('another');
          await page.locator('dialog button[type=submit]').click();
          await page.locator('dialog .field-error').waitFor();
        },
      },
    ]);
  }

  /** What is said above every page: that something is late, and who new is going to receive data. */
  async banners(): Promise<void> {
    await this.sql(
      `update privacy_requests set due_at = now() - interval '2 days' where id = $1`,
      this.asked.waiting.id,
    );
    await this.sql(
      `insert into recipients (recipient, announced_at, used_from, told)
       values ('model:api.openai.com', now(), now() + interval '30 days', true),
              ('mail:smtp.new.example', now() - interval '31 days', now() - interval '1 day', true)
       on conflict (recipient) do update set announced_at = excluded.announced_at, used_from = excluded.used_from, told = true`,
    );
    const both = async (page: Page) => {
      await page.locator('.channel-banner').waitFor();
      await page.locator('.top-banner li').nth(1).waitFor();
    };
    await this.walk(this.person, [
      this.at('banners-inbox', '/inbox/open', both),
      this.at('banners-thread', `/inbox/open/${this.threadId}`, both),
      this.at('banners-desk', '/settings/privacy', both),
    ]);
  }

  /** What stands beside a conversation. */
  async beside(): Promise<void> {
    const pane = (name: string, open?: (page: Page) => Promise<unknown>) =>
      this.at(name, `/inbox/open/${this.threadId}/details`, async (page) => {
        await page.locator('.contact-body section .button.danger').waitFor();
        await open?.(page);
      });
    const button = (kind: string) => inDialog(`.contact-body section:has(.button.danger) .button${kind}`);
    await this.walk(this.person, [
      pane('customer-privacy', (page) => page.locator('.contact-body .button.danger').scrollIntoViewIfNeeded()),
      pane('customer-copy', button(':nth-child(1)')),
      pane('customer-hold', button(':nth-child(2)')),
      pane('customer-erase', button('.danger')),
      pane('customer-erase-refused', async (page) => {
        await button('.danger')(page);
        await page.locator('dialog input').fill('Somebody else');
        await page.locator('dialog button[type=submit]').click();
        await page.locator('dialog .field-error').waitFor();
      }),
      this.at('thread-head', `/inbox/open/${this.threadId}`, (page) => page.locator('.messages article').waitFor()),
      this.at('thread-erase', `/inbox/open/${this.threadId}`, async (page) => {
        await page.locator('.messages article').first().waitFor();
        await inDialog('.thread-actions .icon-button:has(path[d^="M5 7h14"])')(page);
      }),
    ]);
  }

  /** What anybody sees: how to ask, how far it is, whether a receipt is a true one. */
  async outside(): Promise<void> {
    const code = (which: keyof Asked) => `/privacy/requests/${this.asked[which].code}`;
    const receipt = await (await fetch(`${this.app.url}${code('erased')}/receipt.json`)).text();
    const check = (text: string) => async (page: Page) => {
      await page.locator('#receipts').fill(text);
      await page.locator('#check').click();
      await page.locator('#result strong').waitFor();
    };
    // A code that was never given is answered by a page of its own.
    this.browser.expectTrouble(/status of 404/u);
    await this.walk(await this.browser.person({ reducedMotion: 'reduce' }), [
      { name: 'public-privacy', path: '/privacy' },
      { name: 'status-waiting', path: code('waiting') },
      { name: 'status-held', path: code('held') },
      { name: 'status-copied', path: code('copied') },
      { name: 'status-erased', path: code('erased') },
      { name: 'status-refused', path: code('refused') },
      { name: 'status-none', path: '/privacy/requests/none-of-this-code' },
      { name: 'verify', path: '/privacy/verify' },
      { name: 'verify-valid', path: '/privacy/verify', open: check(receipt) },
      { name: 'verify-changed', path: '/privacy/verify', open: check(receipt.replace(/"count":\d+/u, '"count":77')) },
    ]);
  }

  /** Somebody asks by the public form; gives the code. */
  private async askedInPublic(which: 'engine' | 'given' | 'child'): Promise<string> {
    const bodies = {
      engine: { text: 'Merhaba, yazdıklarımı silin lütfen. '.repeat(6), businessName: 'Engine Shop', handle: 'nobody' },
      given: { text: 'Please delete what I wrote.', email: stranger, onBehalfOf: true },
      child: { text: 'What do you have of my son?', businessName: 'A toy shop', minor: true },
    };
    const answer = await fetch(`${this.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(bodies[which]),
    });
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await eventually(async () =>
      (await this.sql("select from due where kind = 'route-privacy-request'")).length === 0 ? true : null,
    );
    return confirmation_code;
  }

  private async idOf(code: string): Promise<string> {
    const rows = await this.sql('select id from instance_privacy_requests where code = $1', code);
    return (rows[0] as { id: string }).id;
  }

  private async sql(text: string, ...values: string[]): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: this.app.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<object>(text, values);
    await client.end();
    return rows;
  }

  private at(name: string, path: string, open?: Stop['open']): Stop {
    return { name, path: `${this.base}${path}`, ...(open ? { open } : {}) };
  }
}

/** The desk as programs use it, by the session of a page. */
class Desk {
  constructor(
    private readonly page: Page,
    private readonly workspaceId: string,
  ) {}

  async ask<Answer>(query: string, variables: object = {}): Promise<Answer> {
    const headers = { 'x-parley-client': 'dashboard', 'x-workspace-id': this.workspaceId };
    const answer = await this.page.request.post(`${new URL(this.page.url()).origin}/graphql`, {
      headers: { ...headers, origin: new URL(this.page.url()).origin },
      data: { query, variables },
    });
    const { data, errors } = (await answer.json()) as { data: Answer; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  async open(input: object): Promise<{ id: string; code: string }> {
    const { request } = await this.ask<{ request: { id: string; code: string } }>(
      `mutation ($input: OpenPrivacyRequestInput!) { request: openPrivacyRequest(input: $input) { id code: confirmationCode } }`,
      { input },
    );
    return request;
  }

  async contact(name: string): Promise<string> {
    const { contacts } = await this.ask<{ contacts: { nodes: { id: string }[] } }>(
      `query ($search: String!) { contacts(search: $search, first: 1) { nodes { id } } }`,
      { search: name },
    );
    return contacts.nodes[0]?.id ?? '';
  }

  async vouch(id: string): Promise<void> {
    await this.ask(
      `mutation ($id: ID!, $evidence: String!) { verifyPrivacyRequest(id: $id, evidence: $evidence) { id } }`,
      {
        id,
        evidence: 'They showed their passport at the counter.',
      },
    );
  }

  async until(id: string, state: string): Promise<void> {
    await eventually(async () => {
      const query = `query ($id: ID!) { privacyRequest(id: $id) { status } }`;
      const { privacyRequest } = await this.ask<{ privacyRequest: { status: string } }>(query, { id });
      return privacyRequest.status === state ? true : null;
    });
  }
}

/** One request in every state that there is, about as many people. */
async function askedOf(desk: Desk): Promise<Asked> {
  const [ofAyse, ofJohn, ofMarco] = await Promise.all([ayse, john, marco].map(({ name }) => desk.contact(name)));
  const copied = await desk.open({ kind: 'ACCESS', subject: { contactId: ofAyse } });
  await desk.vouch(copied.id);
  const erased = await desk.open({ kind: 'ERASE', subject: { contactId: ofJohn }, note: 'Please forget me.' });
  await desk.vouch(erased.id);
  await desk.ask(`mutation ($id: ID, $reason: String!) { placeLegalHold(contactId: $id, reason: $reason) { id } }`, {
    id: ofMarco,
    reason: case12,
  });
  const held = await desk.open({ kind: 'ERASE', subject: { contactId: ofMarco }, minor: true });
  await desk.vouch(held.id);
  const note =
    'Merhaba, kızım adına yazıyorum: adı yanlış yazılmış ve telefon numarası artık onun değil. Düzeltilmesini, eski numaranın da silinmesini istiyoruz. '.repeat(
      3,
    );
  const waiting = await desk.open({ kind: 'RECTIFY', subject: { email: stranger }, note, onBehalfOf: true });
  const words = await desk.open({ kind: 'RECTIFY', subject: { contactId: ofAyse }, note: 'Adım Ayşe Kaya oldu.' });
  await desk.vouch(words.id);
  const refused = await desk.open({ kind: 'OBJECT', subject: { phone: '+905321112233' } });
  await desk.ask(`mutation ($id: ID!, $reason: String!) { rejectPrivacyRequest(id: $id, reason: $reason) { id } }`, {
    id: refused.id,
    reason: 'It was answered last week.',
  });
  await desk.until(copied.id, 'COMPLETED');
  await desk.until(erased.id, 'COMPLETED');
  return { copied, erased, held, waiting, refused, words };
}
