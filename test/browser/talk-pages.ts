import pg from 'pg';
import type { Page } from 'playwright-core';
import { newId } from '../../src/platform/database/index.js';
import type { TestApp } from '../support/app.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { Dashboard, password, startWithPages } from './dashboard.js';
import { pairs, question, whole } from './delivery-questions.js';
import { type Look, PageLooks, type Stop, inDialog, press } from './page-looks.js';
import { Customers, ayse, john, marco } from './playing-customers.js';

const long = 'Çağrı Şükrüoğlu-Yağcıoğlu Kuyumculuk ve Saat Sanayi Limited Şirketi';

/** Those who wrote before, for a list that is in use: name, last words, priority, tags, unread. */
const others = [
  [long, 'Siparişim hâlâ gelmedi; üç gün oldu, kimse cevap vermiyor.', 4, ['kargo', 'şikâyet', 'vip'], 12],
  ['نورة عبد الرحمن', 'هل يمكنني إرجاع الحذاء رقم 42 خلال 30 يوماً؟', 3, ['returns'], 1],
  ['Zoë', 'Thanks!', 0, [], 0],
  ['Владимир Константинопольский', 'Добрый день, где мой заказ № 1024?', 0, ['wholesale'], 0],
  ['+90 532 000 00 00', '👍', 1, [], 0],
] as const;

/** What stands beside a conversation: the list in use, the machine's drafts, colleagues, the customer. */
export class TalkPages extends PageLooks {
  private constructor(
    private readonly app: TestApp,
    wanted: readonly Look[],
    private readonly sql: pg.Client,
    private readonly person: WatchedPage,
    private readonly colleague: WatchedPage,
    private readonly base: string,
    private readonly ids: ReadonlyMap<string, string>,
  ) {
    super(app.url, wanted);
  }

  /** It has a model to ask: one that the sandbox plays. */
  static readonly app = () => startWithPages({ environment: { AI_ALLOWED_HOSTS: '127.0.0.1' } });

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<TalkPages> {
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const person = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const dashboard = new Dashboard(person.page, app.url);
    await dashboard.signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    await sql.query('update users set email_verified_at = now()');
    await dashboard.connect('messenger');
    await dashboard.connect('instagram');
    await dashboard.addQuestions('Delivery', pairs);
    await dashboard.settings('AI');
    await person.page.getByLabel('Send message text to the model').check();
    await person.page.getByRole('button', { name: 'Save' }).click();
    await person.page.getByText('Saved.').waitFor();
    const customers = new Customers(app.sandbox.url);
    for (const who of [marco, john, ayse]) await customers.write(who, question);
    await dashboard.inbox();
    for (const who of [marco, john, ayse]) await dashboard.row(who.name).waitFor();
    await inUse(sql);
    const { rows } = await sql.query<{ name: string; id: string }>(
      `select k.name, c.id from conversations c join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id`,
    );
    const colleague = await browser.person({ viewport: { width: 1440, height: 900 } });
    await colleague.page.goto(`${app.url}/sign-in`);
    await colleague.page.getByLabel('E-mail').fill('grace@example.com');
    await colleague.page.getByLabel('Password').fill(password);
    await colleague.page.getByRole('button', { name: 'Sign in' }).click();
    await colleague.page.waitForURL('**/w/*/inbox/**');
    const base = /\/w\/[^/]+/u.exec(person.page.url())?.[0] ?? '';
    const ids = new Map(rows.map(({ name, id }) => [name, id]));
    return new TalkPages(app, wanted, sql, person, colleague, base, ids);
  }

  async stop(): Promise<void> {
    await this.sql.end();
  }

  /** The list of conversations as it is on a working day. */
  async list(): Promise<void> {
    const rows = (page: Page) => page.locator('.row').nth(4).waitFor();
    await this.walk(this.person, [
      { name: 'list', path: `${this.base}/inbox/open`, open: rows },
      {
        name: 'list-unfolded',
        path: `${this.base}/inbox/snoozed`,
        open: async (page) => {
          await page.locator('.empty-state').first().waitFor();
          await page.locator('.unfold').click();
        },
      },
      {
        name: 'bulk',
        path: `${this.base}/inbox/open`,
        open: async (page) => {
          await rows(page);
          await page.locator('.row-check').nth(0).check();
          await page.locator('.row-check').nth(2).check();
          await page.locator('.bulk-buttons').waitFor();
        },
      },
      {
        name: 'saved-views',
        path: `${this.base}/inbox/all?tag=kargo`,
        open: async (page) => {
          await page.locator('.view-line').nth(1).waitFor();
          await inDialog('.view-line:last-child > .icon-button')(page);
        },
      },
    ]);
  }

  /** The machine's part: what it proposes, where that comes from, what left, what it may not say, and that it knows nothing. */
  async drafts(): Promise<void> {
    const drafted = (page: Page) => page.locator('.draft-panel .button.primary').waitFor();
    const ask = async (page: Page) => {
      await page.locator('.messages article').first().waitFor();
      await page.locator('.composer-foot .button').first().click();
    };
    await this.says(whole);
    const { page } = this.person;
    await page.goto(this.at(ayse.name, 'draft').url);
    await ask(page);
    await drafted(page);
    await this.walk(this.person, [
      this.at(ayse.name, 'draft', drafted),
      this.at(ayse.name, 'draft-source', async (one) => {
        await drafted(one);
        await inDialog('.source')(one);
      }),
      this.at(ayse.name, 'draft-record', async (one) => {
        await drafted(one);
        await inDialog('.draft-record')(one);
        await one.locator('.run-parts pre').first().waitFor();
      }),
      this.at(ayse.name, 'draft-edited', async (one) => {
        await drafted(one);
        await one.locator('.draft-panel > .button-row .button.quiet').first().click();
        await one.locator('.draft-edit').fill('Delivery costs 3 EUR, Ayşe.');
      }),
      this.at(ayse.name, 'draft-refused', async (one) => {
        await drafted(one);
        await this.says('Delivery is guaranteed tomorrow, see https://evil.test.');
        await one.locator('.draft-panel > .button-row .button.quiet').nth(1).click();
        await one.locator('.draft-warning').waitFor();
      }),
    ]);
    await this.sql.query('update knowledge_sources set internal = true');
    await this.walk(this.person, [
      this.at(ayse.name, 'draft-internal', async (one) => {
        await drafted(one);
        await one.locator('.draft-panel .button.primary').click();
        await one.locator('.draft-warning').waitFor();
      }),
    ]);
    await this.sql.query('update knowledge_sources set internal = false');
    await this.says('Our boss is called Bob.');
    await this.walk(this.person, [
      this.at(john.name, 'draft-none', async (one) => {
        await ask(one);
        await one.locator('.draft-none').waitFor();
      }),
    ]);
  }

  /** The bot before anybody meets it, and what models may cost. */
  async bot(): Promise<void> {
    await this.says(whole);
    const bots = `${this.base}/settings/bots`;
    await this.walk(this.person, [
      { name: 'bots-made', path: bots, open: (page) => page.locator('.cards li').first().waitFor() },
      {
        name: 'bot-preview',
        path: bots,
        open: async (page) => {
          await page.locator('.cards .button').first().click();
          await page.locator('textarea[name=text]').fill('How long does delivery take, and what does it cost?');
          await press(page);
          await page.locator('section.card summary').click();
        },
      },
      {
        name: 'bot-rules',
        path: bots,
        open: async (page) => {
          await page.locator('.cards .button').nth(2).click();
          await page.locator('textarea[name=topics]').fill('Lieferung und Versandkostenpauschalen');
        },
      },
      {
        name: 'ai-budget',
        path: `${this.base}/settings/ai`,
        open: (page) => page.locator('input[name=monthlyBudgetCents]').scrollIntoViewIfNeeded(),
      },
      {
        name: 'draft-rates',
        path: `${this.base}/reports`,
        open: (page) => page.locator('section[aria-labelledby=draft-rates] summary').click(),
      },
    ]);
  }

  /** Knowledge that was not typed: what of it stands still, cannot be read, or is for members alone; and how more is given. */
  async knowledge(): Promise<void> {
    const knowledge = `${this.base}/settings/knowledge`;
    const site = 'https://shop.example/versandkostenpauschalen-und-lieferzeiten';
    const gone = 'There is no page at this address (status 404).';
    for (const [title, kind, status, url, error, internal] of [
      [long, 'URL', 'READY', site, `1 of 2 pages could not be read. The first: ${gone}`, false],
      ['Catalogue', 'FILE', 'FAILED', null, 'The document holds pictures of pages and no text.', false],
      ['Discounts', 'FILE', 'READY', null, null, true],
      ['Returns', 'URL', 'PENDING', `${site}/returns`, null, false],
    ])
      await this.sql.query(
        `insert into knowledge_sources (workspace_id, id, kind, title, status, url, error, internal, digest, read_at, stale_since, changed_at, passages_removed)
         select id, gen_random_uuid(), $1, $2, $3, $4, $5, $6, sha256(convert_to($2::text, 'UTF8')), now(),
                case when $5::text is not null and $3::text = 'READY' then now() - interval '3 days' end, now(), 2 from workspaces`,
        [kind, title, status, url, error, internal],
      );
    await this.sql.query(
      `insert into knowledge_pages (workspace_id, id, knowledge_id, position, url, waits, error)
       select workspace_id, gen_random_uuid(), id, at, url || '/' || at, false, case at when 1 then $1::text end
         from knowledge_sources, generate_series(0, 1) at where title = $2`,
      [gone, long],
    );
    const form = (place: number) => (page: Page) => page.locator('.segments button').nth(place).click();
    await this.walk(this.person, [
      {
        name: 'knowledge-troubles',
        path: knowledge,
        open: (page) => page.locator('.card details summary').first().click(),
      },
      { name: 'knowledge-url', path: knowledge, open: form(2) },
      { name: 'knowledge-file', path: knowledge, open: form(3) },
    ]);
    await this.sql.query(`delete from knowledge_sources where kind in ('URL', 'FILE')`);
  }

  /** What nobody could answer, and what is asked of a bot before it answers by itself. */
  async questions(): Promise<void> {
    const questions = `${this.base}/settings/questions`;
    await this.sql.query(
      `with asked as (insert into unanswered_questions (workspace_id, id, status)
         select workspace_id, gen_random_uuid(), 'OPEN' from conversations limit 3 returning workspace_id, id)
       insert into question_askings (workspace_id, id, question_id, conversation_id, message_id, text, stems)
       select asked.workspace_id, gen_random_uuid(), asked.id, c.id, gen_random_uuid(), $1, array['x']
         from asked join conversations c on c.workspace_id = asked.workspace_id`,
      [`Do you engrave rings? ${long}`],
    );
    await this.walk(this.person, [
      { name: 'questions', path: questions, open: (page) => page.locator('.cards li').first().waitFor() },
      { name: 'question-answer', path: questions, open: inDialog('.cards .button.primary') },
      { name: 'question-dismiss', path: questions, open: inDialog('.cards .button.plain') },
      {
        name: 'ai-trials',
        path: `${this.base}/settings/ai`,
        open: (page) => page.locator('input[name=autoNeedsPercent]').scrollIntoViewIfNeeded(),
      },
    ]);
  }

  /** Colleagues who look and write, notes, saved replies, a menu. */
  async writing(): Promise<void> {
    const there = this.at(marco.name, 'presence');
    await this.colleague.page.goto(there.url);
    const field = this.colleague.page.locator('.composer textarea');
    await field.waitFor();
    const seen = (page: Page) => page.locator('.others .avatar').waitFor();
    await this.walk(this.person, [
      this.at(marco.name, 'presence', seen),
      this.at(marco.name, 'note', async (page) => {
        await page.locator('.composer-tabs button').nth(1).click();
        await page.locator('.composer textarea').pressSequentially('Ask @Gra');
        await page.locator('.picker').waitFor();
      }),
      this.at(marco.name, 'saved-reply', async (page) => {
        await page.locator('.composer textarea').fill('');
        await page.locator('.composer textarea').pressSequentially('/');
        await page.locator('.picker li').first().waitFor();
      }),
      this.at(marco.name, 'assign-menu', async (page) => {
        await page.locator('.composer textarea').fill('');
        await page.locator('.thread-actions [aria-haspopup=menu]').nth(2).click();
        await page.locator('.menu-item').first().waitFor();
      }),
    ]);
  }

  /** Who is interested: on the board, in the list with what narrows it, and one of them with all that is known. */
  async leads(): Promise<void> {
    await this.sql.query(
      `with contact as (insert into contacts (workspace_id, id, name)
         select w.id, gen_random_uuid(), $1::text || ' ' || n from workspaces w, generate_series(1, 12) n returning workspace_id, id, name)
       insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, name, email, company, message, fields, consents, tags, form_id)
       select workspace_id, gen_random_uuid(), id, id, (array['LEAD_AD', 'CONTACT_FORM', 'CHAT', 'MANUAL', 'IMPORT'])[n % 5 + 1],
              (array['NEW', 'NEW', 'CONTACTED', 'QUALIFIED', 'WON', 'LOST'])[n % 6 + 1], name, 'einkauf' || n || '@versandkostenpauschale.example',
              'Versandkostenpauschalengesellschaft & Söhne', $2, '{"Wie viele Mitarbeiterinnen und Mitarbeiter?": "51-200", "budget": 12500}',
              '[{"text": "I agree to be called", "given": true}, {"text": "Newsletter", "given": false}]', array['wholesale', 'istanbul-fuarı'], '120330000000001'
         from (select *, row_number() over () as n from contact) as numbered`,
      [long, whole],
    );
    const { rows } = await this.sql.query<{ id: string }>(
      `select id from leads where status = 'NEW' order by name limit 1`,
    );
    const leads = `${this.base}/leads`;
    const shown = (page: Page) => page.locator('.lead-link, .lead-line').first().waitFor();
    await this.walk(this.person, [
      { name: 'leads-board', path: `${leads}?view=board`, open: shown },
      {
        name: 'leads-list',
        path: `${leads}?view=list&status=new,won`,
        open: async (page) => {
          await shown(page);
          await page.locator('.leads-head .icon-button').first().click();
        },
      },
      {
        name: 'lead',
        path: `${leads}/${rows[0]?.id ?? ''}?view=board`,
        open: (page) => page.locator('.lead-reply textarea').waitFor(),
      },
      {
        name: 'lead-reminder',
        path: `${leads}/${rows[0]?.id ?? ''}?view=board`,
        open: async (page) => {
          await page.locator('.lead-reply textarea').waitFor();
          await inDialog('.lead-pane .button:has(path[d^="M12 3.500a8.500"])')(page);
        },
      },
    ]);
  }

  /** The pane of a customer, changed in its place, and made one with another. */
  async customer(): Promise<void> {
    const pane = (name: string, open?: (page: Page) => Promise<unknown>) => {
      const stop = this.at(ayse.name, name);
      const there = async (page: Page) => {
        await page.locator('.contact-body .fact-row').first().waitFor();
        await open?.(page);
      };
      return { ...stop, path: `${stop.path}/details`, open: there };
    };
    const merge = async (page: Page) => {
      await page.locator('.contact-body .button:has(path[d^="M9 11a3.500"])').click();
      await page.locator('dialog input[type=search]').fill('Zoë');
      await page.locator('dialog .pick').first().click();
      await page.locator('.comparison').waitFor();
    };
    await this.walk(this.person, [
      pane('customer'),
      pane('customer-change', (page) => page.locator('.fact-row .icon-button').nth(1).click()),
      pane('merge', merge),
    ]);
    await Promise.all([this.person.context.close(), this.colleague.context.close()]);
  }

  private at(name: string, called: string, open?: Stop['open']): Stop & { readonly url: string } {
    const path = `${this.base}/inbox/open/${this.ids.get(name) ?? ''}`;
    return { name: called, path, url: `${this.url}${path}`, ...(open ? { open } : {}) };
  }

  /** What the model answers from now on. */
  private async says(answer: string): Promise<void> {
    const text = JSON.stringify({ answer, sources: [1, 2], confidence: 0.9 });
    const response = await fetch(`${this.app.sandbox.url}/_sandbox/openai`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'fixed', text }),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
  }
}

/** Makes the workspace look as one in which people work: more customers, a colleague, saved views and replies. */
async function inUse(sql: pg.Client): Promise<void> {
  await sql.query(
    `with person as (insert into users (id, email, name, password_hash, email_verified_at)
       select gen_random_uuid(), 'grace@example.com', 'Grace Brewster Murray Hopper', password_hash, now() from users limit 1 returning id)
     insert into members (workspace_id, id, user_id, role) select w.id, gen_random_uuid(), person.id, 'EDITOR' from workspaces w, person`,
  );
  for (const [index, [name, text, priority, tags, unread]] of others.entries()) {
    const [contact, conversation, message] = [newId(), newId(), newId()];
    const when = `now() - interval '${String(index * 7 + 1)} hours'`;
    await sql.query(`insert into contacts (workspace_id, id, name) select id, $1, $2 from workspaces`, [contact, name]);
    await sql.query(
      `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, priority, tags, unread_count, last_activity_at, assignee_id)
       select w.id, $1, (select id from channels where workspace_id = w.id order by name limit 1), $2, $1, $3::smallint, $4, $5, ${when},
              case when $3::smallint = 3 then (select id from members where workspace_id = w.id and role = 'EDITOR') end from workspaces w`,
      [conversation, contact, priority, tags, unread],
    );
    await sql.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select workspace_id, $1, id, channel_id, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', $2, ${when} from conversations where id = $3`,
      [message, text, conversation],
    );
    await sql.query('update conversations set last_message_id = $1 where id = $2', [message, conversation]);
  }
  for (const name of ['Returns', 'Everything about deliveries that are late', 'Wholesale', 'Kargo ve iade'])
    await sql.query(
      `insert into saved_views (workspace_id, id, name, filter, sorting) select id, gen_random_uuid(), $1, '{"tag": "kargo"}', 'LAST_ACTIVITY' from workspaces`,
      [name],
    );
  // A bot on no channel proposes nothing by itself; what it proposed before is in the reports.
  await sql.query(
    `insert into bots (workspace_id, id, name, mode, lead_mode, temperature, max_replies_per_conversation)
     select id, gen_random_uuid(), $1, 'DRAFT', 'OFF', 0, 1 from workspaces`,
    [long],
  );
  for (const [index, status] of ['ACCEPTED', 'ACCEPTED', 'EDITED', 'DISCARDED', 'FAILED'].entries())
    await sql.query(
      `with run as (insert into ai_runs (workspace_id, id, purpose, provider, model, bot_id, conversation_id, request, outcome, prompt_version, edit_distance)
         select c.workspace_id, gen_random_uuid(), 'DRAFT', 'openai', 'gpt', case when $2 <> 'FAILED' then b.id end, c.id, '{}', 'PROPOSED', 'draft-' || $1, 12
           from conversations c join bots b on b.workspace_id = c.workspace_id limit 1 returning workspace_id, id, conversation_id)
       insert into drafts (workspace_id, id, conversation_id, run_id, text, status, created_at)
       select workspace_id, gen_random_uuid(), conversation_id, id, 'x', $2, now() - make_interval(days => $1::int * 5) from run`,
      [String(index), status],
    );
  for (const [shortcut, text] of [
    ['hello', 'Hello, thank you for writing to us. How can we help?'],
    ['returns', 'You can send everything back within 30 days of delivery.'],
  ])
    await sql.query(
      `insert into canned_responses (workspace_id, id, shortcut, text) select id, gen_random_uuid(), $1, $2 from workspaces`,
      [shortcut, text],
    );
}
