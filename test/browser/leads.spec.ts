import type { Locator } from 'playwright-core';
import { newId } from '../../src/platform/database/index.js';
import { eventually } from '../support/client.js';
import { LeadsWalk } from './leads-walk.js';
import { Walk } from './walk.js';

/** Leads, all of them, from the first that is written down: each step stands on those before it. */
describe('the board and the list of leads', () => {
  const walk = Walk.of(async ({ page }) => {
    await page.getByRole('link', { name: 'Leads' }).click();
  });
  const { step } = walk;
  const leads = new LeadsWalk(walk);
  const undone = () => walk.page.getByRole('region', { name: /undo|taken back/iu });
  const focused = (): Locator => walk.page.locator(':focus');

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
    await leads.card('New', 'Marco Rossi').getByText('Rossi SpA').waitFor();
    await leads.pane.getByRole('heading', { name: 'Marco Rossi' }).waitFor();
    expect(await walk.pages.violations()).toEqual([]);
  });

  step(
    'one that comes in elsewhere appears by itself; dragged on, it is there at once and can be taken back',
    async () => {
      await leads.pane.getByRole('link', { name: 'Back to all leads' }).click();
      await leads.added({ name: 'Zoë Müller', email: 'zoe@example.com' });
      await leads.card('New', 'Zoë Müller').dragTo(leads.column('Contacted'));
      await leads.card('Contacted', 'Zoë Müller').waitFor();
      await walk.page.getByRole('status').filter({ hasText: 'Zoë Müller: Contacted.' }).first().waitFor();
      await leads.settled('Zoë Müller', 'CONTACTED');
      await undone().getByRole('button', { name: 'Undo' }).click();
      await leads.card('New', 'Zoë Müller').waitFor();
      await leads.settled('Zoë Müller', 'NEW');
    },
  );

  step('by keys the focus goes from card to card, and along with a lead to its next column', async () => {
    await leads.card('New', 'Zoë Müller').focus();
    await walk.page.keyboard.press('ArrowDown');
    await focused().getByText('Marco Rossi').waitFor();
    await walk.page.keyboard.press('Shift+ArrowRight');
    await leads.card('Contacted', 'Marco Rossi').and(focused()).waitFor();
    await walk.page.keyboard.press('Shift+ArrowRight');
    await leads.card('Qualified', 'Marco Rossi').and(focused()).waitFor();
    await walk.page.keyboard.press('ArrowLeft');
    await focused().getByText('Zoë Müller').waitFor();
    await leads.settled('Marco Rossi', 'QUALIFIED');
    await leads.column('Qualified').getByRole('button', { name: 'Move Marco Rossi' }).focus();
    await walk.page.keyboard.press('Enter');
    await walk.page.getByRole('menuitemradio', { name: 'Won' }).focus();
    await walk.page.keyboard.press('Enter');
    await leads.card('Won', 'Marco Rossi').and(focused()).waitFor();
    await leads.settled('Marco Rossi', 'WON');
  });

  step('a move that the server refuses is taken back and told', async () => {
    await walk.page.route('**/graphql', async (route) => {
      const { operationName } = route.request().postDataJSON() as { operationName?: string };
      if (operationName !== 'UpdateLead') return route.fallback();
      await route.fulfill({
        json: { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN', requestId: 'r' } }], data: null },
      });
    });
    await leads.card('New', 'Zoë Müller').dragTo(leads.column('Lost'));
    await walk.page.getByText('Your role does not allow this').waitFor();
    await leads.card('New', 'Zoë Müller').waitFor();
    await walk.page.unroute('**/graphql');
  });

  step('what narrows them stands in the address; how they are laid out is remembered', async () => {
    await walk.main.getByRole('button', { name: 'Filter the leads' }).click();
    await walk.main.getByRole('textbox', { name: 'Tag' }).fill('wholesale');
    await leads.card('New', 'Zoë Müller').waitFor({ state: 'detached' });
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
    // The newest first; from one to the next by the keys of the inbox.
    await walk.item('Zoë Müller').waitFor();
    for (const [key, name] of [
      ['j', 'Zoë Müller'],
      ['j', 'Marco Rossi'],
      ['k', 'Zoë Müller'],
    ] as const) {
      await walk.page.keyboard.press(key);
      await leads.pane.getByRole('heading', { name }).waitFor();
    }
  });

  step('a long column is read page by page', async () => {
    await walk.sql.query(
      `with contact as (insert into contacts (workspace_id, id, name)
         select w.id, gen_random_uuid(), 'Visitor ' || n from workspaces w, generate_series(1, 70) n returning workspace_id, id, name)
       insert into leads (workspace_id, id, contact_id, original_contact_id, source, status, created_at)
       select workspace_id, gen_random_uuid(), id, id, 'IMPORT', 'LOST', now() - interval '1 day' from contact`,
    );
    await walk.page.goto(leads.at('leads?view=board'));
    await leads.column('Lost').getByText('30+').waitFor();
    const cards = leads.column('Lost').getByRole('listitem');
    await eventually(async () => {
      await cards.last().scrollIntoViewIfNeeded();
      return (await cards.count()) === 70 ? true : null;
    });
    await leads.column('Lost').getByRole('heading', { name: 'Lost 70', exact: true }).waitFor();
  });

  step('on a phone one column is shown at a time; from right to left nothing sticks out', async () => {
    const { rows } = await walk.sql.query<{ id: string }>(`select id from leads where name = 'Zoë Müller'`);
    await walk.page.setViewportSize({ width: 360, height: 740 });
    await walk.page.evaluate(`localStorage.setItem('parley.language', 'ar')`);
    // The looks at night see it in the other languages.
    for (const place of ['leads?view=board', 'leads?view=list', `leads/${rows[0]?.id ?? newId()}`]) {
      await walk.page.goto(leads.at(place));
      await walk.main.locator('.lead-link, .lead-line, .lead-decisions').filter({ visible: true }).first().waitFor();
      const found = [await walk.pages.scrollsSideways(), await walk.pages.violations()];
      expect([place, ...found]).toEqual([place, false, []]);
    }
    await walk.page.evaluate(`localStorage.setItem('parley.language', 'en')`);
    await walk.page.goto(leads.at('leads?view=board'));
    await walk.main.getByRole('button', { name: /^Won/u }).click();
    await walk.main.getByRole('link').filter({ hasText: 'Marco Rossi' }).waitFor();
    await walk.main.getByRole('link').filter({ hasText: 'Visitor' }).first().waitFor({ state: 'hidden' });
  });
});
