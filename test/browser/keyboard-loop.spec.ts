import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { Dashboard, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';

/** The whole day's work without a mouse. Before it one has signed up and connected a channel, by whatever means. */
describe('the keyboard alone', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let ada: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => ada.page.keyboard.press(key)), Promise.resolve());
  const type = (text: string) => ada.page.keyboard.type(text);
  const focused = () => ada.page.locator(':focus');
  const palette = () => ada.page.getByRole('dialog', { name: 'Commands' });
  const command = async (typed: string, first: string) => {
    await press('Control+k');
    await type(typed);
    await palette()
      .getByRole('option', { selected: true })
      .filter({ hasText: new RegExp(`^${first}`) })
      .waitFor();
    await press('Enter');
    await palette().waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    ada = await browser.person({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    pages = new Dashboard(ada.page, app.url);
    customers = new Customers(app.sandbox.url);
    await pages.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await pages.connect('messenger');
    await customers.write(john, 'Is anybody there?');
    await pages.inbox();
    await pages.row(john.name).waitFor();
    await customers.write(ayse, 'Nerede kaldı?');
    await pages.row(ayse.name).waitFor();
    // From here on no mouse.
    await ada.page.evaluate(`addEventListener('pointerdown', () => { window.pointed = true; }, true)`);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(async () => {
    expect(browser.troubles()).toEqual([]);
    expect(await ada.page.evaluate('window.pointed')).toBeUndefined();
  });

  it('opens, replies, notes, assigns, tags, snoozes and goes to the next, which it resolves', async () => {
    const { page } = ada;
    await press('i', 'j');
    await pages.message('Nerede kaldı?').waitFor();
    await press('r');
    await type('Yolda, Ayşe Hanım.');
    await press('Control+Enter');
    await customers.received(ayse, 'Yolda, Ayşe Hanım.');
    await press('Escape', 'n');
    await type('Second question this week.');
    await press('Control+Enter');
    await pages.message('Second question this week.').getByText('only your team sees this').waitFor();
    await press('Escape', 'a');
    await page.getByRole('menuitemradio', { name: 'Nobody' }).and(focused()).waitFor();
    await press('ArrowDown');
    await page.getByRole('menuitemradio', { name: 'Ada' }).and(focused()).waitFor();
    await press('Enter');
    await page.getByRole('button', { name: 'Ada', exact: true }).waitFor();
    await press('t');
    await page.getByRole('textbox', { name: 'Tags' }).and(focused()).waitFor();
    await type('delivery, vip');
    await press('Enter');
    await page.getByRole('button', { name: '2 tags' }).waitFor();
    await press('s');
    await page.getByRole('button', { name: 'In three hours' }).and(focused()).waitFor();
    await press('Enter');
    await page.getByText('snoozed until').waitFor();
    await press('j');
    await pages.message('Is anybody there?').waitFor();
    await press('e');
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
  }, 60_000);

  it('does the same from the palette, which takes the focus and gives it back', async () => {
    const { page } = ada;
    await command('open again', 'Open again');
    await page.getByRole('button', { name: 'Resolve' }).waitFor();
    await command('assign ada', 'Assign: Ada');
    await page.getByRole('button', { name: 'Ada', exact: true }).waitFor();
    await command('priority hi', 'Priority: High');
    await page.getByRole('button', { name: 'High', exact: true }).waitFor();
    await command('snooze mon', 'Snooze: ');
    await page.getByText('snoozed until').waitFor();
    await command('note', 'Write a note');
    await page.getByRole('textbox', { name: 'Note for your team' }).and(focused()).waitFor();
    // From within the text as well, and Escape leads back into it.
    await press('Control+k');
    await palette().getByRole('combobox').and(focused()).waitFor();
    const list = palette().getByRole('listbox');
    expect(await palette().getByRole('combobox').getAttribute('aria-controls')).toBe(await list.getAttribute('id'));
    await palette().getByRole('group', { name: 'Used lately' }).getByRole('option').first().waitFor();
    expect(await pages.violations()).toEqual([]);
    await press('Escape');
    await page.getByRole('textbox', { name: 'Note for your team' }).and(focused()).waitFor();
  }, 60_000);

  it('finds people and what they said, pages of the settings, and other colours', async () => {
    const { page } = ada;
    await command('ayşe kaya', ayse.name);
    await pages.message('Nerede kaldı?').waitFor();
    await command('is anybody', john.name);
    await pages.message('Is anybody there?').waitFor();
    await command('dark', 'Dark colours');
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
    await command('colours as', 'Colours as the system');
    await command('audit', 'Audit log');
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    await press('i');
    await pages.row(ayse.name).or(ada.page.getByText('Waiting for the first message')).first().waitFor();
  }, 60_000);

  it('changes a key, is told of a clash, and everything goes by the new one', async () => {
    const { page } = ada;
    await press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByRole('checkbox').and(focused()).waitFor();
    await press('Tab', 'Enter');
    const reply = () => sheet.getByRole('button', { name: 'Write a reply: change the shortcut' });
    await reply().focus();
    await press('Enter', 'e');
    await sheet.getByRole('alert').filter({ hasText: '“Resolve”' }).waitFor();
    await press('Alt+w');
    await sheet.getByRole('alert').filter({ hasText: 'AltGr' }).waitFor();
    await press('w');
    await reply().filter({ hasText: 'W' }).waitFor();
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.reload();
    await press('i');
    await page.getByRole('link', { name: 'All', exact: true }).focus();
    await press('Enter');
    await pages.row(ayse.name).waitFor();
    await press('j');
    await pages.reply.waitFor();
    await press('r');
    expect(await pages.reply.and(focused()).count()).toBe(0);
    await press('w');
    await pages.reply.and(focused()).waitFor();
    await press('Escape', '?');
    await sheet.getByText('Write a reply').waitFor();
    expect(await sheet.locator('dl > div').filter({ hasText: 'Write a reply' }).locator('kbd').innerText()).toBe('W');
    // Switched off: letters do nothing, the chord still does.
    await press('Space', 'Escape', 'w');
    expect(await pages.reply.and(focused()).count()).toBe(0);
    await press('Control+k');
    await palette().waitFor();
    const kept = await eventually(async () => page.evaluate<string | null>(`localStorage.getItem('parley.keys')`));
    expect(kept).toBe('{"reply":"w"}');
  }, 60_000);
});
