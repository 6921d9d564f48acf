import pg from 'pg';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { TestClient, eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { pairs, question, whole } from './delivery-questions.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

const german = 'Die Lieferung kostet 3 EUR. Ab 50 EUR ist die Lieferung kostenlos. Die Lieferung dauert 2 Tage.';

/** A member and what a model proposes to them. Each step stands on the ones before it. */
describe('a draft that a model writes', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;

  const model = async (mode: string, more: object = {}) => {
    const response = await fetch(`${app.sandbox.url}/_sandbox/openai`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode, ...more }),
    });
    expect(response.ok).toBe(true);
  };
  const says = (answer: string, streamMs = 0) =>
    model('fixed', { text: JSON.stringify({ answer, sources: [1, 2], confidence: 0.9 }), streamMs });
  const button = (name: string | RegExp) => pages.draft.getByRole('button', { name, exact: true });
  const dialog = (name: string) => ada.page.getByRole('dialog', { name });
  const words = () => pages.draft.locator('.draft-text');
  const focused = () => ada.page.locator(':focus');

  beforeAll(async () => {
    [app, browser] = await Promise.all([
      startWithPages({ environment: { AI_ALLOWED_HOSTS: '127.0.0.1' } }),
      TestBrowser.launch(),
    ]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await pages.addQuestions('Delivery', pairs);
    await pages.settings('AI');
    await ada.page.getByLabel('Send message text to the model').check();
    await ada.page.getByRole('button', { name: 'Save' }).click();
    await ada.page.getByText('Saved.').waitFor();
    await customers.write(ayse, question);
    await pages.inbox();
    await pages.row(ayse.name).click();
    await pages.message(question).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(() => expect(browser.troubles()).toEqual([]));

  const step = steps();

  step('is seen growing, and is told once when it is there', async () => {
    // Long enough that a machine that stands still between two sentences does not bring them as one.
    await says(whole, 8_000);
    await ada.page.evaluate(`{
      window.grew = [];
      window.told = [];
      new MutationObserver(() => {
        const text = document.querySelector('.draft-text')?.textContent ?? '';
        if (text !== '' && text !== window.grew.at(-1)) window.grew.push(text);
        const told = document.querySelector('.draft-panel [role=status]')?.textContent ?? '';
        if (told !== '' && told !== window.told.at(-1)) window.told.push(told);
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    }`);
    await ada.page.getByRole('button', { name: 'Suggest a reply' }).click();
    await button('Stop').waitFor();
    await button('Insert and edit').waitFor();
    expect(await words().innerText()).toBe(whole);
    const grew = await ada.page.evaluate<string[]>('window.grew');
    expect(grew.length).toBeGreaterThan(1);
    for (const text of grew) expect(whole.startsWith(text)).toBe(true);
    // Whoever listens is told of the turns of events, not of every sentence.
    expect(await ada.page.evaluate('window.told')).toEqual([
      'Looking for an answer…',
      'Writing, sentence by sentence: only what your knowledge base supports is shown.',
      'The suggestion is ready.',
    ]);
    expect(await words().locator('xpath=ancestor::*[@aria-live]').count()).toBe(0);
  });

  step('opens its sources, with what it says of them marked', async () => {
    const chips = pages.draft.getByRole('button', { name: 'Delivery' });
    expect(await chips.count()).toBe(2);
    const passage = dialog('Delivery');
    const passages: string[] = [];
    for (const chip of await chips.all()) {
      if (passages.length > 0) {
        await ada.page.keyboard.press('Escape');
        await passage.waitFor({ state: 'detached' });
      }
      await chip.click();
      passages.push(await passage.getByRole('blockquote').innerText());
      expect(await passage.locator('mark').count()).toBeGreaterThan(0);
    }
    // Each opens its own.
    for (const [question, answer] of pairs)
      expect(passages.filter((text) => text.includes(answer) || text.includes(question))).toHaveLength(1);
    expect(await pages.violations()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await passage.waitFor({ state: 'detached' });
  });

  step('shows what was sent to the model, one click away', async () => {
    await button('What was sent to the model').click();
    const record = dialog('What was sent to the model');
    await record.getByText('What came back').first().waitFor();
    await record.getByText(`<customer_message>${question}</customer_message>`).waitFor();
    await record.getByText('Rules, which nothing below can change').waitFor();
    expect(await record.locator('pre').last().innerText()).toContain(whole);
    expect(await pages.violations()).toEqual([]);
    await record.getByRole('button', { name: 'Close' }).click();
  });

  step('is made shorter, and gives the longer one back where the words are not kept to it', async () => {
    await says('Delivery costs 3 EUR.');
    await button('Shorter').click();
    await pages.draft.getByText('shortened by the model').waitFor();
    expect(await words().innerText()).toBe('Delivery costs 3 EUR.');
    // Its sources stay.
    expect(await pages.draft.getByRole('button', { name: 'Delivery' }).count()).toBe(2);
    await says('Delivery costs 3 EUR. Delivery is guaranteed tomorrow, see https://evil.test.');
    await button('Tone').click();
    await ada.page.getByRole('menuitemradio', { name: 'Friendlier' }).click();
    await pages.draft.getByText('not kept to what the suggestion says').waitFor();
    expect(await words().innerText()).toBe('Delivery costs 3 EUR.');
    expect(await pages.draft.innerText()).not.toContain('evil');
  });

  step('is translated, with its numbers and its sources; one that adds a promise is refused', async () => {
    await says(whole);
    await button('Suggest again').click();
    await eventually(async () => ((await words().innerText()) === whole ? true : null));
    await says(german.replace('2 Tage', 'garantiert 2 Tage'));
    await button('Translate').click();
    await ada.page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await pages.draft.getByText('not kept to what the suggestion says').waitFor();
    await pages.draft.getByText('It promises what the suggestion does not.').waitFor();
    expect(await words().innerText()).toBe(whole);
    await says(german);
    await button('Translate').click();
    await ada.page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await pages.draft.getByText('translated by the model into German').waitFor();
    expect(await words().innerText()).toBe(german);
    expect(await pages.draft.getByRole('button', { name: 'Delivery' }).count()).toBe(2);
    expect(await pages.draft.getByText('not kept').count()).toBe(0);
  });

  step('is edited where it stands, warned about where its source is internal by now, and inserted', async () => {
    await button('Edit here').click();
    await ada.page.getByRole('textbox', { name: 'Edit the suggestion' }).fill('Die Lieferung kostet 3 EUR, Ayşe.');
    const admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
    await admin.query('update knowledge_sources set internal = true');
    // It is heard of with the draft's next word; a reload asks anew, and gives the suggestion as it was.
    await ada.page.reload();
    await pages.draft.getByText('your team only').first().waitFor();
    await button('Edit here').click();
    await ada.page.getByRole('textbox', { name: 'Edit the suggestion' }).fill('Die Lieferung kostet 3 EUR, Ayşe.');
    await button('Insert and edit').click();
    const warning = ada.page.getByRole('alertdialog', { name: 'This rests on knowledge for your team only' });
    await warning.getByText('Delivery').waitFor();
    expect(await pages.reply.inputValue()).toBe('');
    expect(await pages.violations()).toEqual([]);
    await warning.getByRole('button', { name: 'Insert all the same' }).click();
    await eventually(async () => ((await pages.reply.inputValue()).includes('Ayşe.') ? true : null));
    expect(await pages.draft.count()).toBe(0);
    await admin.query('update knowledge_sources set internal = false');
    await admin.end();
  });

  step('what stands in the composer is shown to a colleague, by name', async () => {
    const admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
    const grace = await TestClient.signedUp(app.url, 'Grace');
    await admin.query(
      `insert into members (workspace_id, id, user_id, role)
       select w.id, gen_random_uuid(), u.id, 'EDITOR' from workspaces w, users u where w.name = 'Demo Shop' and u.name = 'Grace'`,
    );
    await admin.end();
    await grace.close();
    await ada.page.reload();
    await ada.page.getByRole('button', { name: 'Show to a colleague' }).click();
    const share = dialog('Show your draft to a colleague');
    await share.getByLabel('Grace').waitFor();
    expect(await pages.violations()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await share.waitFor({ state: 'detached' });
    // What was written a moment ago is shown too.
    await pages.reply.fill('Die Lieferung kostet 3 EUR, liebe Ayşe.');
    await ada.page.getByRole('button', { name: 'Show to a colleague' }).click();
    await share.getByLabel('Grace').check();
    await share.getByRole('button', { name: 'Show it' }).click();
    await ada.page.getByText('Shown to Grace.').waitFor();
    await pages.message('Die Lieferung kostet 3 EUR, liebe Ayşe.').getByText('only your team sees this').waitFor();
    expect((await customers.thread(ayse)).filter(({ from }) => from !== 'customer')).toEqual([]);
    expect(await pages.reply.inputValue()).toContain('Ayşe.');
    await ada.page.getByRole('button', { name: 'Send', exact: true }).click();
    await customers.received(ayse, 'Die Lieferung kostet 3 EUR, liebe Ayşe.');
  });

  step('by the keyboard alone: asked for, stopped, asked for again, discarded', async () => {
    const { keyboard } = ada.page;
    await customers.write(john, question);
    await pages.row(john.name).click();
    await pages.message(question).waitFor();
    await ada.page.evaluate(
      `{ window.pointed = false; addEventListener('pointerdown', () => { window.pointed = true; }, true); }`,
    );
    await says(whole, 20_000);
    await keyboard.press('d');
    await button('Stop').waitFor();
    await button('Stop').focus();
    await keyboard.press('Enter');
    await pages.draft.waitFor({ state: 'detached' });
    await says(whole);
    await keyboard.press('d');
    await button('Insert and edit').waitFor();
    const named = async (name: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        if ((await focused().count()) > 0 && (await focused().innerText()).trim() === name) return;
        await keyboard.press('Tab');
      }
      throw new Error(`The focus never came to ${name}.`);
    };
    await named('Shorter');
    await says('Delivery takes 2 days.', 600);
    await keyboard.press('Enter');
    await pages.draft.getByText('shortened by the model').waitFor();
    // Whoever changed it is still in the panel.
    expect(await ada.page.evaluate(`document.querySelector('.draft-panel').contains(document.activeElement)`)).toBe(
      true,
    );
    await named('Discard');
    await keyboard.press('Enter');
    await pages.draft.waitFor({ state: 'detached' });
    expect(await ada.page.evaluate('window.pointed')).toBe(false);
  });

  step('says plainly that nothing is grounded, and where to add it', async () => {
    await says('Our boss is called Bob.');
    await ada.page.getByRole('button', { name: 'Suggest a reply' }).click();
    await pages.draft.getByText('Nothing in your knowledge base answers this.').waitFor();
    expect(await pages.draft.innerText()).not.toContain('Bob');
    expect(await pages.draft.getByRole('link', { name: 'Add knowledge' }).getAttribute('href')).toMatch(
      /\/settings\/knowledge$/u,
    );
    expect(await pages.violations()).toEqual([]);
    await model('500');
    await button('Suggest again').click();
    await pages.draft.getByText('The model did not answer.').waitFor();
    // Whoever comes back is told as well, in the words of their own language.
    await ada.page.evaluate(`localStorage.setItem('parley.language', 'tr')`);
    await ada.page.reload();
    await ada.page.getByText('Model sunucusu, kendisinde bir sorun olduğunu bildirdi.').waitFor();
    await ada.page.evaluate(`localStorage.setItem('parley.language', 'en')`);
    await ada.page.reload();
    await pages.draft.getByText('The model server answered that something is wrong there.').waitFor();
    await button('Discard').click();
    await pages.draft.waitFor({ state: 'detached' });
    await ada.page.reload();
    await pages.message(question).waitFor();
    expect(await pages.draft.count()).toBe(0);
    await model('answer');
    await ada.page.getByRole('button', { name: 'Suggest a reply' }).click();
    await button('Insert and edit').waitFor();
  });

  step('leaves the conversation to a person, who can give it back', async () => {
    await pages.createBot('Parrot');
    await pages.inbox();
    await pages.row(john.name).click();
    // A conversation that was open before there was a bot is asked for anew.
    await ada.page.reload();
    await pages.draft.getByText('The bot suggests here, and a person sends.').waitFor();
    await button('Take over').click();
    await pages.draft.getByText('You hold this conversation: the bot is paused.').waitFor();
    await button('Discard').click();
    await pages.draft.waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Let the bot suggest again' }).click();
    await ada.page.getByText('the bot is paused').waitFor({ state: 'detached' });
  });

  step('goes to the customer as it was edited where it stands', async () => {
    await ada.page.getByRole('button', { name: 'Suggest a reply' }).click();
    await button('Edit here').click();
    await ada.page.getByRole('textbox', { name: 'Edit the suggestion' }).fill('Delivery costs 3 EUR, John.');
    await button('Send').click();
    await customers.received(john, 'Delivery costs 3 EUR, John.');
    await pages.draft.waitFor({ state: 'detached' });
  });
});
