import type { Locator } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { TestBrowser, type WatchedPage } from '../support/browser.js';
import { Dashboard, password, startWithPages } from './dashboard.js';
import { Customers, ayse, john } from './playing-customers.js';
import { steps } from './steps.js';

/** Controls that nobody sees who does not point at them, and those that a thumb misses. */
const notForThumbs = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button]')].flatMap((control) => {
  const box = control.getBoundingClientRect();
  // What is read out, is never meant to be seen: the way past the places, and fields behind their labels.
  if (box.width < 2 || box.height < 2 || box.bottom < 0 || control.closest('.visually-hidden, .skip-link')) return [];
  if (!control.checkVisibility({ visibilityProperty: true })) return [];
  let seen = 1;
  for (let element = control; element; element = element.parentElement) seen *= Number(getComputedStyle(element).opacity);
  const name = control.getAttribute('aria-label') ?? control.textContent.trim().slice(0, 40);
  const found = [];
  if (seen < 0.3) found.push('only seen by those who point: ' + name);
  if (Math.min(box.width, box.height) < 23.5 && getComputedStyle(control).display !== 'inline' && control.type !== 'checkbox')
    found.push('too small: ' + name + ' ' + Math.round(box.width) + 'x' + Math.round(box.height));
  return found;
})`;

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** The agent's whole loop on a telephone, by touch alone: each step stands on the ones before it. */
describe('a phone in one hand', () => {
  let app: TestApp;
  let browser: TestBrowser;
  let hand: WatchedPage;
  let pages: Dashboard;
  let customers: Customers;
  const step = steps(30_000);
  const button = (name: string) => hand.page.getByRole('button', { name, exact: true });
  const rail = (name: string) =>
    hand.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: new RegExp(`^${name}`) });

  /** Taps what the thumb of the hand that holds the phone reaches: it is in the lower half. */
  async function reach(control: Locator): Promise<void> {
    const box = await control.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0) / 2).toBeGreaterThan(phone.viewport.height / 2);
    await control.tap();
  }
  /** What has to be true wherever the person stands. */
  async function fits(): Promise<void> {
    expect(await pages.scrollsSideways()).toBe(false);
    expect(await hand.page.evaluate(notForThumbs)).toEqual([]);
  }

  beforeAll(async () => {
    [app, browser] = await Promise.all([startWithPages(), TestBrowser.launch()]);
    customers = new Customers(app.sandbox.url);
    const desk = await browser.person({ reducedMotion: 'reduce' });
    const there = new Dashboard(desk.page, app.url);
    await there.signUp('Ada', 'ada@example.com', 'Demo Shop');
    await there.connect('messenger');
    await customers.write(john, 'Is anybody there?');
    await customers.write(ayse, 'Nerede kaldı?');
    await there.inbox();
    await there.row(ayse.name).waitFor();
    await desk.context.close();
    hand = await browser.person({ ...phone, reducedMotion: 'reduce' });
    pages = new Dashboard(hand.page, app.url);
    await hand.page.goto(app.url);
    // A mouse would be the end of it.
    await hand.context.addInitScript(
      `addEventListener('pointerdown', (event) => { if (event.pointerType === 'mouse') window.pointed = true; }, true)`,
    );
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });
  afterEach(async () => {
    expect(browser.troubles()).toEqual([]);
    expect(await hand.page.evaluate('window.pointed')).toBeUndefined();
  });

  step('signs in, and finds who wrote', async () => {
    const { page } = hand;
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Password').fill(password);
    await fits();
    await reach(button('Sign in'));
    await pages.row(john.name).waitFor();
    await fits();
  });

  step('answers', async () => {
    await pages.row(ayse.name).tap();
    await pages.message('Nerede kaldı?').waitFor();
    expect(await pages.list.isVisible()).toBe(false);
    await fits();
    await reach(pages.reply);
    await pages.reply.fill('Yolda, Ayşe Hanım.');
    await reach(button('Send'));
    await customers.received(ayse, 'Yolda, Ayşe Hanım.');
  });

  step('leaves a note, and assigns', async () => {
    const { page } = hand;
    await reach(button('Note'));
    await page.getByRole('textbox', { name: 'Note for your team' }).fill('Second question this week.');
    await fits();
    await reach(button('Add note'));
    await pages.message('Second question this week.').waitFor();
    await reach(button('Assign'));
    await page.getByRole('menuitemradio', { name: 'Ada' }).tap();
    await button('Ada').waitFor();
  });

  step('snoozes, closes, and goes back', async () => {
    const { page } = hand;
    await reach(button('Snooze'));
    await page.getByRole('dialog').getByRole('button', { name: 'In three hours' }).waitFor();
    await fits();
    await page.getByRole('button', { name: 'In three hours' }).tap();
    await page.getByText('snoozed until').waitFor();
    await reach(button('Resolve'));
    await button('Reopen').waitFor();
    await page.getByRole('link', { name: 'Back to the list' }).tap();
    await pages.row(john.name).waitFor();
    await pages.row(ayse.name).waitFor({ state: 'detached' });
  });

  step('chooses several, narrows the list, and lets go of both', async () => {
    const { page } = hand;
    await button('Choose several').tap();
    await page.getByRole('checkbox', { name: `Choose ${john.name}` }).tap();
    await page.getByRole('group', { name: 'Choose several' }).getByRole('button', { name: 'Tags' }).waitFor();
    await fits();
    await button('Choose several').tap();
    await button('Filter the list').tap();
    await page.getByRole('searchbox', { name: 'Words or names' }).waitFor();
    await fits();
    await button('Filter the list').tap();
  });

  step('searches, and looks who it is', async () => {
    const { page } = hand;
    await reach(rail('Search'));
    await page.getByRole('searchbox', { name: 'Search' }).fill('Nerede');
    await page.getByRole('link').filter({ hasText: 'Nerede kaldı?' }).first().waitFor();
    await fits();
    await page.getByRole('link').filter({ hasText: 'Nerede kaldı?' }).first().tap();
    await pages.message('Nerede kaldı?').waitFor();
    await page.getByRole('link', { name: 'Customer details' }).tap();
    await page.getByRole('complementary').getByRole('heading', { name: ayse.name }).waitFor();
    await fits();
    await page.getByRole('link', { name: 'Back to the conversation' }).tap();
    await pages.message('Nerede kaldı?').waitFor();
  });

  step('finds contacts, figures and each page of the settings', async () => {
    const { page } = hand;
    for (const [name, sign] of [
      ['Contacts', page.locator('.contact-result').first()],
      ['Reports', page.locator('.report-total')],
    ] as const) {
      await reach(rail(name));
      await sign.waitFor();
      await fits();
    }
    await reach(rail('Settings'));
    // The deployment's own pages are in no workspace, and stand elsewhere.
    const inWorkspace = page.locator('a:not([href^="/instance/"])');
    const places = page.getByRole('navigation', { name: 'Settings' }).getByRole('link').and(inWorkspace);
    await places.first().waitFor();
    expect(await places.count()).toBeGreaterThan(10);
    for (const place of await places.all()) {
      await place.tap();
      await place.and(page.locator('[aria-current=page]')).waitFor();
      await page.locator('.settings-main h1').waitFor();
      await fits();
    }
    await reach(rail('Inbox'));
    await pages.row(john.name).waitFor();
  });

  step('says that they are away, and that they are back', async () => {
    const { page } = hand;
    const choose = (name: string) => page.getByRole('menuitemradio', { name }).tap();
    await reach(button('You: Available'));
    await page.getByRole('menuitemradio', { name: 'Away' }).waitFor();
    await fits();
    await choose('Away');
    await page.getByText('You are away', { exact: false }).waitFor();
    await page.reload();
    await reach(button('You: Away'));
    await choose('Available');
    await button('You: Available').waitFor();
  });
});
