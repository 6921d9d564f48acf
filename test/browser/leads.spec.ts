import type { Locator } from 'playwright-core';
import { newId } from '../../src/platform/database/index.js';
import { eventually } from '../support/client.js';
import { ayse } from './playing-customers.js';
import { Walk } from './walk.js';

/** Leads, from the first that is written down to one that is erased: each step stands on those before it. */
describe('the board and the list of leads', () => {
  const walk = Walk.of(async ({ pages, customers, page }) => {
    await pages.connect('messenger');
    await customers.write(ayse, 'Do you sell to shops too?');
    await pages.addQuestions('Delivery', [['How long does delivery take?', 'Delivery takes three days.']]);
    await pages.inbox();
    await pages.row(ayse.name).waitFor();
    await page.getByRole('link', { name: 'Leads' }).click();
  });
  const { step } = walk;
  const column = (status: string) => walk.main.getByRole('region', { name: new RegExp(`^${status}`, 'u') });
  const card = (status: string, name: string) =>
    column(status).getByRole('listitem').filter({ hasText: name }).getByRole('link');
  const pane = () => walk.page.getByRole('complementary', { name: 'Lead' });
  const undone = () => walk.page.getByRole('region', { name: /undo|taken back/iu });
  const focused = (): Locator => walk.page.locator(':focus');
  const statusOf = async (name: string) =>
    (await walk.sql.query<{ status: string }>('select status from leads where name = $1', [name])).rows[0]?.status;
  const settled = (name: string, status: string) =>
    eventually(async () => ((await statusOf(name)) === status ? true : null));
  /** What somebody else does meanwhile, past this page. */
  const elsewhere = async (query: string, variables: object) => {
    const workspace = /\/w\/([^/]+)/u.exec(walk.page.url())?.[1] ?? '';
    const answer = await walk.page.request.post(`${walk.app.url}/graphql`, {
      headers: { 'x-parley-client': 'test', 'x-workspace-id': workspace, origin: walk.app.url },
      data: { query, variables },
    });
    const { data, errors } = (await answer.json()) as { data: Record<string, { id: string }>; errors?: unknown };
    expect(errors).toBeUndefined();
    return data;
  };
  const added = (input: object) =>
    elsewhere('mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }', { input });

  step('an empty board says where leads come from; the first is written down, and refused without a name', async () => {
    await walk.main.getByText('Nobody is interested yet').waitFor();
    await walk.button('Write one down').click();
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.dialog.getByText('Say who it is: a name, an e-mail address or a phone number.').waitFor();
    await walk.dialog.getByLabel('Name').fill('Marco Rossi');
    await walk.dialog.getByLabel('Company').fill('Rossi SpA');
    await walk.dialog.getByLabel('Tags').fill('wholesale');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await card('New', 'Marco Rossi').getByText('Rossi SpA').waitFor();
    await pane().getByRole('heading', { name: 'Marco Rossi' }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  step(
    'one that comes in elsewhere appears by itself; dragged on, it is there at once and can be taken back',
    async () => {
      await pane().getByRole('link', { name: 'Back to all leads' }).click();
      await added({ name: 'Zoë Müller', email: 'zoe@example.com' });
      await card('New', 'Zoë Müller').dragTo(column('Contacted'));
      await card('Contacted', 'Zoë Müller').waitFor();
      await walk.page.getByRole('status').filter({ hasText: 'Zoë Müller: Contacted.' }).first().waitFor();
      await settled('Zoë Müller', 'CONTACTED');
      await undone().getByRole('button', { name: 'Undo' }).click();
      await card('New', 'Zoë Müller').waitFor();
      await settled('Zoë Müller', 'NEW');
    },
  );

  step('by keys the focus goes from card to card, and along with a lead to its next column', async () => {
    await card('New', 'Zoë Müller').focus();
    await walk.page.keyboard.press('ArrowDown');
    await focused().getByText('Marco Rossi').waitFor();
    await walk.page.keyboard.press('Shift+ArrowRight');
    await card('Contacted', 'Marco Rossi').and(focused()).waitFor();
    await walk.page.keyboard.press('Shift+ArrowRight');
    await card('Qualified', 'Marco Rossi').and(focused()).waitFor();
    await walk.page.keyboard.press('ArrowLeft');
    await focused().getByText('Zoë Müller').waitFor();
    await settled('Marco Rossi', 'QUALIFIED');
    await column('Qualified').getByRole('button', { name: 'Move Marco Rossi' }).focus();
    await walk.page.keyboard.press('Enter');
    await walk.page.getByRole('menuitemradio', { name: 'Won' }).focus();
    await walk.page.keyboard.press('Enter');
    await card('Won', 'Marco Rossi').and(focused()).waitFor();
    await settled('Marco Rossi', 'WON');
  });

  step('a move that the server refuses is taken back and told', async () => {
    await walk.page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName?: string };
      if (operationName !== 'UpdateLead') return route.fallback();
      await route.fulfill({
        json: { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN', requestId: 'r' } }], data: null },
      });
    });
    await card('New', 'Zoë Müller').dragTo(column('Lost'));
    await walk.page.getByText('Your role does not allow this').waitFor();
    await card('New', 'Zoë Müller').waitFor();
    await walk.page.unroute('**/graphql');
  });

  step('what narrows them stands in the address; how they are laid out is remembered', async () => {
    await walk.main.getByRole('button', { name: 'Filter the leads' }).click();
    await walk.main.getByRole('textbox', { name: 'Tag' }).fill('wholesale');
    await card('New', 'Zoë Müller').waitFor({ state: 'detached' });
    await walk.page.waitForURL(/\?tag=wholesale$/u);
    await walk.button('List').click();
    await walk.item('Marco Rossi').waitFor();
    await walk.page.waitForURL(/\?view=list&tag=wholesale$/u);
    expect(await walk.pages.violations()).toEqual([]);
    await walk.page.reload();
    await walk.item('Marco Rossi').waitFor();
    expect(await walk.item('Zoë Müller').count()).toBe(0);
    await walk.main.getByRole('button', { name: 'Filter the leads' }).click();
    await walk.main.getByRole('textbox', { name: 'Tag' }).fill('nothing of this name');
    await walk.main.getByText('No lead fits these filters').waitFor();
    await walk.main.locator('.empty-state').getByRole('button', { name: 'Clear filters' }).click();
    await walk.item('Zoë Müller').waitFor();
    await walk.page.getByRole('link', { name: 'Contacts' }).first().click();
    await walk.page.getByRole('link', { name: 'Leads' }).click();
    await walk.button('List').and(walk.page.locator('[aria-pressed=true]')).waitFor();
  });

  step('beside them one lead tells all that is known of it, and is changed there', async () => {
    await walk.item('Zoë Müller').getByRole('link').click();
    await pane().getByText('zoe@example.com').waitFor();
    await pane().getByLabel('Looked after by').selectOption('Ada');
    await walk.item('Zoë Müller').getByText('Ada').waitFor();
    await pane().getByLabel('New tag').fill('fair');
    await pane().getByRole('button', { name: 'Add', exact: true }).click();
    await pane().locator('.chip').getByText('fair').waitFor();
    await pane().getByRole('button', { name: 'Add a field' }).click();
    await pane().getByLabel('Name of the field').fill('Size');
    await pane().getByLabel('Value').fill('40 shops');
    await pane().getByRole('button', { name: 'Save' }).click();
    await pane().locator('.fact-row').filter({ hasText: 'Size' }).getByText('40 shops').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    const { rows } = await walk.sql.query<{ id: string }>(`select id from leads where name = 'Zoë Müller'`);
    const input = { id: rows[0]?.id, status: 'QUALIFIED', fields: { Size: '41 shops' } };
    await elsewhere('mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { id } }', { input });
    await pane().getByText('41 shops').waitFor();
    expect(await pane().getByLabel('Status').inputValue()).toBe('QUALIFIED');
  });

  step('what happened with it is told, noted and taken away again; a reminder is set and cleared', async () => {
    const told = () => pane().getByRole('list', { name: 'What happened' });
    await told().getByText('Status: Qualified').waitFor();
    await told().getByText('Given to Ada.').waitFor();
    await told().getByText('Came in. Source: Written down').waitFor();
    await pane().getByLabel('Note for colleagues').fill('Wants a price list by Friday.');
    await pane().getByRole('button', { name: 'Add note' }).click();
    const note = told().getByRole('listitem').filter({ hasText: 'Wants a price list by Friday.' });
    await note.waitFor();
    await pane().getByRole('button', { name: 'Remind me' }).click();
    await walk.dialog.getByLabel('What is to be done').fill('Send the price list');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: /^Tomorrow/u }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await pane().getByText('Send the price list').first().waitFor();
    await told().getByText('Ada is to be reminded').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await pane().getByRole('button', { name: 'Done' }).click();
    await told().getByText('The reminder of Ada was cleared.').waitFor();
    await pane().getByRole('button', { name: 'Remind me', exact: true }).waitFor();
    await note.getByRole('button', { name: 'Delete the note' }).click();
    await note.getByRole('button', { name: 'Cancel' }).and(focused()).waitFor();
    await note.getByRole('button', { name: 'Delete the note' }).click();
    await note.waitFor({ state: 'detached' });
  });

  step('new leads are given to members in turn, once somebody is chosen', async () => {
    await walk.button('Who gets new leads').click();
    await walk.dialog.getByLabel('Give new leads to members in turn').check();
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.dialog.getByText('Choose at least one member who gets new leads.').waitFor();
    await walk.dialog.getByLabel('Ada').check();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await walk.button('Who gets new leads').click();
    await walk.dialog.getByLabel('Give new leads to members in turn').uncheck();
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await walk.dialog.waitFor({ state: 'detached' });
  });

  step('a customer of a conversation becomes a lead beside it, and each leads to the other', async () => {
    await walk.pages.inbox();
    await walk.pages.row(ayse.name).click();
    const customer = walk.page.getByRole('complementary', { name: 'Customer' });
    await customer.getByRole('button', { name: 'Make them a lead' }).click();
    await walk.dialog.getByText(ayse.name).waitFor();
    await walk.dialog.getByRole('button', { name: 'Save' }).click();
    await customer.getByRole('link').filter({ hasText: 'Written down' }).click();
    await pane().getByRole('heading', { name: ayse.name }).waitFor();
    await pane().getByRole('link', { name: ayse.name }).click();
    await walk.page.waitForURL(/\/inbox\/all\/[^/]+\/details$/u);
  });

  step('an answer is suggested out of the knowledge, and goes once by the road that is told [promise 34]', async () => {
    const { rows } = await walk.sql.query<{ id: string }>(
      `with contact as (insert into contacts (workspace_id, id, name) select id, gen_random_uuid(), 'Li' from workspaces returning workspace_id, id)
       insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, name, email, message)
       select workspace_id, gen_random_uuid(), id, id, 'CONTACT_FORM', 'NEW', 'Li', 'li@example.com', 'How long does delivery take?' from contact
       returning id`,
    );
    const id = rows[0]?.id ?? '';
    await walk.page.goto(walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, `$1/leads/${id}?view=board`));
    await pane().getByText('by a mail of this server').getByText('li@example.com').waitFor();
    await pane().getByRole('button', { name: 'Suggest a reply' }).click();
    const draft = pane().getByRole('group', { name: 'Suggested reply' });
    await draft.getByText('Delivery takes three days.').waitFor();
    await draft.getByText('quoted word for word').waitFor();
    await draft.getByRole('button', { name: 'Delivery' }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await draft.getByRole('button', { name: 'Insert and edit' }).click();
    const words = pane().getByLabel('Your reply');
    expect(await words.inputValue()).toContain('Delivery takes three days.');
    await words.fill('Three days, Li.');
    // Whoever looks at another lead meanwhile finds their words again.
    await pane().getByRole('link', { name: 'Back to all leads' }).click();
    await card('New', 'Li').click();
    expect(await words.inputValue()).toBe('Three days, Li.');
    await pane().getByRole('button', { name: 'Send', exact: true }).click();
    await walk.page.getByText('The reply is on its way.').waitFor();
    await pane().getByRole('list', { name: 'What happened' }).getByText('A reply was sent.').waitFor();
    await card('Contacted', 'Li').waitFor();
    expect(await words.inputValue()).toBe('');
    await walk.sql.query(`update contacts set blocked = true where name = 'Li'`);
    await walk.page.reload();
    await pane().getByText('A task for a person').waitFor();
    await pane().getByText('This contact is blocked.').waitFor();
    expect(await words.count()).toBe(0);
  });

  step('a long column is read page by page', async () => {
    await walk.sql.query(
      `with contact as (insert into contacts (workspace_id, id, name)
         select w.id, gen_random_uuid(), 'Visitor ' || n from workspaces w, generate_series(1, 70) n returning workspace_id, id, name)
       insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, created_at)
       select workspace_id, gen_random_uuid(), id, id, 'IMPORT', 'LOST', now() - interval '1 day' from contact`,
    );
    await walk.page.goto(walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, '$1/leads?view=board'));
    await column('Lost').getByText('30+').waitFor();
    const cards = column('Lost').getByRole('listitem');
    await eventually(async () => {
      await cards.last().scrollIntoViewIfNeeded();
      return (await cards.count()) === 70 ? true : null;
    });
    await column('Lost').getByRole('heading', { name: 'Lost 70', exact: true }).waitFor();
  });

  step('the reports say what came of leads, by one thing at a time', async () => {
    const report = walk.main.getByRole('region', { name: 'Leads' });
    await walk.page.goto(walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, '$1/reports'));
    await report.getByRole('img', { name: /leads came in; 1 of them are won/u }).waitFor();
    await report.getByText('The figures of leads').click();
    await report.getByRole('row', { name: /^From a file 70 0/u }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await report.getByLabel('What came of leads, by').selectOption('STATUS');
    await report.getByRole('row', { name: /^Lost 70/u }).waitFor();
    await report.getByLabel('What came of leads, by').selectOption('TOPIC');
    await report.getByLabel('Stored conversations may be used').uncheck();
    await report.getByRole('alert').waitFor();
    await report.getByLabel('Stored conversations may be used').check();
    await report.getByRole('alert').waitFor({ state: 'detached' });
    await walk.page.goto(walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, '$1/leads?view=board'));
  });

  step('an erased lead goes from every screen, and whoever asked can follow it', async () => {
    await card('Won', 'Marco Rossi').click();
    await pane().getByRole('button', { name: 'Erase this lead' }).click();
    await walk.dialog.getByText('The lead goes for good').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Erase for good' }).click();
    await walk.dialog.getByText('Code of the request:').waitFor();
    await walk.dialog.getByRole('button', { name: 'Close' }).last().click();
    await card('Won', 'Marco Rossi').waitFor({ state: 'detached' });
    expect(new URL(walk.page.url()).pathname).toMatch(/\/leads$/u);
    await walk.page.goBack();
    await walk.page.getByText('This lead is not there any more').waitFor();
  });

  step('on a phone one column is shown at a time; nothing sticks out in any language', async () => {
    const place = walk.page.url().replace(/(\/w\/[^/]+)\/.*$/u, '$1/leads');
    const { rows } = await walk.sql.query<{ id: string }>(`select id from leads where name = 'Zoë Müller'`);
    await walk.page.setViewportSize({ width: 360, height: 740 });
    for (const language of ['tr', 'ar', 'en']) {
      await walk.page.evaluate(`localStorage.setItem('parley.language', '${language}')`);
      for (const address of [`${place}?view=board`, `${place}?view=list`, `${place}/${rows[0]?.id ?? newId()}`]) {
        await walk.page.goto(address);
        await walk.main.locator('.lead-link, .lead-line, .lead-decisions').filter({ visible: true }).first().waitFor();
        // From right to left is enough: the looks at night see the rest.
        const violations = language === 'ar' ? await walk.pages.violations() : [];
        expect([language, address, await walk.pages.scrollsSideways(), violations]).toEqual([
          language,
          address,
          false,
          [],
        ]);
      }
    }
    await walk.page.goto(`${place}?view=board`);
    await walk.main.getByRole('button', { name: /^Qualified/u }).click();
    await walk.main.getByRole('link').filter({ hasText: 'Zoë Müller' }).waitFor();
    await walk.main.getByRole('link').filter({ hasText: 'Visitor' }).first().waitFor({ state: 'hidden' });
  });

  step('who may only read sees them, and is offered no change', async () => {
    await walk.page.setViewportSize({ width: 1440, height: 900 });
    await walk.sql.query(`update members set role = 'VIEWER'`);
    await walk.page.reload();
    await card('Qualified', 'Zoë Müller').click();
    await pane().getByText('41 shops').waitFor();
    expect(await walk.button('New lead').count()).toBe(0);
    expect(await pane().getByRole('combobox').count()).toBe(0);
    expect(await walk.main.locator('[draggable=true]').count()).toBe(0);
  });
});
