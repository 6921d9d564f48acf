import type { Locator } from 'playwright-core';
import { LeadsWalk } from './leads-walk.js';
import { ayse } from './playing-customers.js';
import { Walk } from './walk.js';

/** One lead, from what is known of it to its end: each step stands on those before it. */
describe('a lead, what is done for it, and what came of it', () => {
  const walk = Walk.of(async ({ pages, customers, page }) => {
    await pages.connect('messenger');
    await customers.write(ayse, 'Do you sell to shops too?');
    await pages.addQuestions('Delivery', [['How long does delivery take?', 'Delivery takes three days.']]);
    await pages.inbox();
    await pages.row(ayse.name).waitFor();
    await leads.added({ name: 'Zoë Müller', email: 'zoe@example.com' });
    await page.goto(leads.at('leads?view=list'));
  });
  const { step } = walk;
  const leads = new LeadsWalk(walk);
  const focused = (): Locator => walk.page.locator(':focus');

  step('beside the others it tells all that is known of it, and is changed there', async () => {
    await walk.item('Zoë Müller').getByRole('link').click();
    await leads.pane.getByText('zoe@example.com').waitFor();
    await leads.pane.getByLabel('Looked after by').selectOption('Ada');
    await walk.item('Zoë Müller').getByText('Ada').waitFor();
    await leads.pane.getByLabel('New tag').fill('fair');
    await leads.pane.getByRole('button', { name: 'Add', exact: true }).click();
    await leads.pane.locator('.chip').getByText('fair').waitFor();
    await leads.pane.getByRole('button', { name: 'Add a field' }).click();
    await leads.pane.getByLabel('Name of the field').fill('Size');
    await leads.pane.getByLabel('Value').fill('40 shops');
    await leads.pane.getByRole('button', { name: 'Save' }).click();
    await leads.pane.locator('.fact-row').filter({ hasText: 'Size' }).getByText('40 shops').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    const { rows } = await walk.sql.query<{ id: string }>('select id from leads');
    const input = { id: rows[0]?.id, status: 'QUALIFIED', fields: { Size: '41 shops' } };
    await leads.elsewhere('mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { id } }', { input });
    await leads.pane.getByText('41 shops').waitFor();
    await walk.holds(leads.pane.getByLabel('Status'), 'QUALIFIED');
  });

  step('what happened with it is told, noted and taken away again; a reminder is set and cleared', async () => {
    const told = leads.pane.getByRole('list', { name: 'What happened' });
    await told.getByText('Status: Qualified').waitFor();
    await told.getByText('Given to Ada.').waitFor();
    await told.getByText('Came in. Source: Written down').waitFor();
    await leads.pane.getByLabel('Note for colleagues').fill('Wants a price list by Friday.');
    await leads.pane.getByRole('button', { name: 'Add note' }).click();
    const note = told.getByRole('listitem').filter({ hasText: 'Wants a price list by Friday.' });
    await note.waitFor();
    await leads.pane.getByRole('button', { name: 'Remind me' }).click();
    await walk.dialog.getByLabel('What is to be done').fill('Send the price list');
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: /^Tomorrow/u }).click();
    await walk.dialog.waitFor({ state: 'detached' });
    await leads.pane.getByText('Send the price list').first().waitFor();
    await told.getByText('Ada is to be reminded').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await leads.pane.getByRole('button', { name: 'Done' }).click();
    await told.getByText('The reminder of Ada was cleared.').waitFor();
    await leads.pane.getByRole('button', { name: 'Remind me', exact: true }).waitFor();
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
    await leads.pane.getByRole('heading', { name: ayse.name }).waitFor();
    await leads.pane.getByRole('link', { name: ayse.name }).click();
    await walk.page.waitForURL(/\/inbox\/all\/[^/]+\/details$/u);
  });

  step('an answer is suggested out of the knowledge, and goes once by the road that is told [promise 34]', async () => {
    const { rows } = await walk.sql.query<{ id: string }>(
      `with contact as (insert into contacts (workspace_id, id, name) select id, gen_random_uuid(), 'Li' from workspaces returning workspace_id, id)
       insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, name, email, message)
       select workspace_id, gen_random_uuid(), id, id, 'CONTACT_FORM', 'NEW', 'Li', 'li@example.com', 'How long does delivery take?' from contact
       returning id`,
    );
    await walk.page.goto(leads.at(`leads/${rows[0]?.id ?? ''}?view=board`));
    await leads.pane.getByText('by a mail of this server').getByText('li@example.com').waitFor();
    await leads.pane.getByRole('button', { name: 'Suggest a reply' }).click();
    const draft = leads.pane.getByRole('group', { name: 'Suggested reply' });
    await draft.getByText('Delivery takes three days.').waitFor();
    await draft.getByText('quoted word for word').waitFor();
    await draft.getByRole('button', { name: 'Delivery' }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await draft.getByRole('button', { name: 'Insert and edit' }).click();
    const words = leads.pane.getByLabel('Your reply');
    await walk.holds(words, /Delivery takes three days\./u);
    await words.fill('Three days, Li.');
    // Whoever looks at another lead meanwhile finds their words again.
    await leads.pane.getByRole('link', { name: 'Back to all leads' }).click();
    await leads.card('New', 'Li').click();
    await walk.holds(words, 'Three days, Li.');
    await leads.pane.getByRole('button', { name: 'Send', exact: true }).click();
    await walk.page.getByText('The reply is on its way.').waitFor();
    await leads.pane.getByRole('list', { name: 'What happened' }).getByText('A reply was sent.').waitFor();
    await leads.card('Contacted', 'Li').waitFor();
    await walk.holds(words, '');
    await walk.sql.query(`update contacts set blocked = true where name = 'Li'`);
    await walk.page.reload();
    await leads.pane.getByText('A task for a person').waitFor();
    await leads.pane.getByText('This contact is blocked.').waitFor();
    expect(await words.count()).toBe(0);
  });

  step('the reports say what came of leads, by one thing at a time', async () => {
    const report = walk.main.getByRole('region', { name: 'Leads' });
    await walk.page.getByRole('link', { name: 'Reports' }).click();
    await report.getByRole('img', { name: '3 leads came in; 0 of them are won' }).waitFor();
    await report.getByText('The figures of leads').click();
    await report.getByRole('row', { name: /^Written down 2 0/u }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await report.getByLabel('What came of leads, by').selectOption('STATUS');
    await report.getByRole('row', { name: /^Qualified 1/u }).waitFor();
    await report.getByLabel('What came of leads, by').selectOption('TOPIC');
    await report.getByLabel('Stored conversations may be used').uncheck();
    await report.getByRole('alert').waitFor();
    await report.getByLabel('Stored conversations may be used').check();
    await report.getByRole('alert').waitFor({ state: 'detached' });
  });

  step('an erased lead goes from every screen, and whoever asked can follow it', async () => {
    await walk.page.getByRole('link', { name: 'Leads' }).click();
    await leads.card('Contacted', 'Li').click();
    await leads.pane.getByRole('button', { name: 'Erase this lead' }).click();
    await walk.dialog.getByText('The lead goes for good').waitFor();
    expect(await walk.pages.violations()).toEqual([]);
    await walk.dialog.getByRole('button', { name: 'Erase for good' }).click();
    await walk.dialog.getByText('Code of the request:').waitFor();
    await walk.dialog.getByRole('button', { name: 'Close' }).last().click();
    await leads.card('Contacted', 'Li').waitFor({ state: 'detached' });
    await walk.page.waitForURL(/\/leads(?:\?|$)/u);
    await walk.page.goBack();
    await walk.page.getByText('This lead is not there any more').waitFor();
  });

  step('who may only read sees them, and is offered no change', async () => {
    await walk.sql.query(`update members set role = 'VIEWER'`);
    await walk.page.goto(leads.at('leads?view=board'));
    await leads.card('Qualified', 'Zoë Müller').click();
    await leads.pane.getByText('41 shops').waitFor();
    expect(await walk.button('New lead').count()).toBe(0);
    expect(await leads.pane.getByRole('combobox').count()).toBe(0);
    expect(await walk.main.locator('[draggable=true]').count()).toBe(0);
  });
});
