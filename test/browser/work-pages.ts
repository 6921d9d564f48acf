import type { Page } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import type { TestBrowser, WatchedPage } from '../support/browser.js';
import { Dashboard, settingsPlaces } from './dashboard.js';
import { type Look, PageLooks, type Stop, cutWords, inDialog } from './page-looks.js';
import { Customers, ayse, john } from './playing-customers.js';
import { speakPseudo, untranslated } from './pseudo-words.js';

/** What people and platforms called themselves, and what is called the same in every language. */
const theirWords = ['Ada Lovelace', 'ada@example.com', 'Engine Shop', 'Demo Shop', ayse.name, john.name].concat(
  ['Parley', 'Messenger', 'Instagram', 'WhatsApp', 'Telegram', 'LINE', 'English', 'Türkçe', 'العربية'],
  ['Is anybody there?', 'مرحبا، أين طلبي رقم 1234؟', 'UTC', 'vip', 'https://', 'Chrome · Linux'],
);
const connecting: string[] = ['messenger', 'instagram', 'whatsapp', 'telegram', 'line', 'email', 'web-chat'].map(
  (kind) => `channels/connect/${kind}`,
);

const firstRow = async (page: Page) => {
  await page.locator('.row').first().click();
  await page.locator('.messages article').first().waitFor();
};

/** Whether some part of what has the focus can be seen: it is inside the window, and nothing else lies over all of it. */
const focusIsSeen = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return true;
  const box = element.getBoundingClientRect();
  const parts = [0.1, 0.5, 0.9];
  return parts.some((along) => parts.some((down) => {
    const there = document.elementFromPoint(box.left + box.width * along, box.top + box.height * down);
    return there !== null && (element.contains(there) || there.contains(element) || there.closest('label')?.contains(element) === true);
  }));
})()`;

/** The pages on which the work is done, each looked at in every wanted way, at large text, in a small window, by keyboard. */
export class WorkPages extends PageLooks {
  private constructor(
    url: string,
    wanted: readonly Look[],
    private readonly person: WatchedPage,
    private readonly base: string,
  ) {
    super(url, wanted);
  }

  static async start(app: TestApp, browser: TestBrowser, wanted: readonly Look[]): Promise<WorkPages> {
    const person = await browser.person({ reducedMotion: 'reduce' });
    const pages = new Dashboard(person.page, app.url);
    await pages.signUp('Ada Lovelace', 'ada@example.com', 'Engine Shop');
    await pages.connect('messenger');
    const customers = new Customers(app.sandbox.url);
    await customers.write(john, 'Is anybody there?');
    await customers.write(ayse, 'مرحبا، أين طلبي رقم 1234؟');
    await pages.inbox();
    await pages.row(ayse.name).waitFor();
    return new WorkPages(app.url, wanted, person, /\/w\/[^/]+/u.exec(person.page.url())?.[0] ?? '');
  }

  get stops(): readonly Stop[] {
    const at = (name: string, path: string, open?: Stop['open']): Stop => ({
      name,
      path: `${this.base}${path}`,
      ...(open ? { open } : {}),
    });
    return [
      at('inbox', '/inbox/open', (page) => page.locator('.row').first().waitFor()),
      at('inbox-empty', '/inbox/spam', (page) => page.locator('.list-pane .empty-state').waitFor()),
      at('thread', '/inbox/open', firstRow),
      at('palette', '/inbox/open', async (page) => {
        await page.locator('.row').first().waitFor();
        // It is fetched a moment after the page.
        await page.waitForLoadState('networkidle');
        await page.keyboard.press('Control+k');
        await page.locator('.palette [role=option]').first().waitFor();
      }),
      at('shortcuts', '/search', async (page) => {
        await page.locator('h1').waitFor();
        await page.locator('h1').click();
        await page.keyboard.press('?');
        await page.locator('dialog[open]').waitFor();
        await page.locator('dialog[open] .button').first().click();
        await page.locator('.key-choice').first().waitFor();
      }),
      at('search-nothing', '/search?q=xyzzyx', (page) => page.locator('.empty-state').waitFor()),
      at('search-found', '/search?q=anybody', (page) => page.locator('mark').first().waitFor()),
      at('details', '/inbox/open', async (page) => {
        await firstRow(page);
        await page.goto(`${page.url()}/details`);
        await page.locator('.contact-pane h2').waitFor();
      }),
      at('reports', '/reports', async (page) => {
        await page.locator('.report-total').waitFor();
        await page.locator('.report-table summary').first().click();
      }),
      at('filters', '/inbox/open?tag=vip', async (page) => {
        await page.locator('.list-pane .empty-state').waitFor();
        await page.locator('.list-head .icon-button').first().click();
        await page.locator('.filter-panel').waitFor();
      }),
      at('contacts', '/contacts', (page) => page.locator('.contact-result').first().waitFor()),
      at('bots', '/settings/bots', (page) => page.locator('.empty-state').waitFor()),
      at('bot-form', '/settings/bots', (page) => page.locator('.empty-state button').click()),
      at('knowledge', '/settings/knowledge', (page) => page.locator('.empty-state').waitFor()),
      at('ai', '/settings/ai', (page) => page.locator('.settings-main form').first().waitFor()),
      at('replies', '/settings/replies', (page) => page.locator('.empty-state').waitFor()),
      at('channels', '/settings/channels', (page) => page.locator('.cards li').first().waitFor()),
      at('snooze', '/inbox/open', async (page) => {
        await firstRow(page);
        await inDialog('.thread-actions .button:has(path[d*="M12 3.5"])')(page);
      }),
    ];
  }

  async looksRight(): Promise<void> {
    await this.walk(this.person, this.stops);
  }

  /** Text of twice its size, and a window of a quarter of a desk's: nothing is cut off, nothing wider than the window. */
  async growsAndReflows(): Promise<void> {
    const { page } = this.person;
    const dashboard = new Dashboard(page, this.url);
    await page.evaluate(`localStorage.setItem('parley.language', 'en')`);
    for (const { name, path, open } of this.stops) {
      for (const [how, width, height, size] of [
        ['twice the text', 1280, 800, '30px'],
        ['four times as large', 320, 512, ''],
      ] as const) {
        // Small windows open nothing by what stands beside the list: the page is opened at its usual size first.
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(`${this.url}${path}`);
        await page.locator('h1, h2').first().waitFor();
        await open?.(page);
        await page.evaluate(`document.documentElement.style.fontSize = '${size}'`);
        await page.setViewportSize({ width, height });
        if (await dashboard.scrollsSideways()) this.wrong.push(`${name}, ${how}: wider than the window`);
        this.looked += 1;
      }
    }
  }

  /** Every page in a language that nobody speaks: what is not in it was never given to be translated, and what grew fits. */
  async speaksAll(browser: TestBrowser): Promise<void> {
    const { cookies } = await this.person.context.storageState();
    const { page, context } = await browser.person({ storageState: { cookies, origins: [] }, reducedMotion: 'reduce' });
    await speakPseudo(context);
    await this.read(page, [...this.stops, ...this.otherPlaces]);
    await context.close();
    const stranger = await browser.person({ reducedMotion: 'reduce' });
    await speakPseudo(stranger.context);
    await this.read(stranger.page, this.entrances);
    await stranger.context.close();
  }

  private async read(page: Page, stops: readonly Stop[]): Promise<void> {
    const dashboard = new Dashboard(page, this.url);
    for (const { name, path, open } of stops) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${this.url}${path}`);
      await page.locator('h1, h2').first().waitFor();
      await open?.(page);
      await page.getByText('⟦').first().waitFor();
      for (const words of await page.evaluate<string[]>(untranslated(theirWords))) this.wrong.push(`${name}: ${words}`);
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 740 });
        const where = `${name} at ${String(width)}`;
        if (await dashboard.scrollsSideways()) this.wrong.push(`${where}: wider than the window`);
        for (const words of await page.evaluate<string[]>(cutWords)) this.wrong.push(`${where}: cut off: ${words}`);
      }
      this.looked += 1;
    }
  }

  /** The pages that are looked at elsewhere. */
  get otherPlaces(): readonly Stop[] {
    const open = (page: Page) => page.locator('.settings-main h1').waitFor();
    return [...settingsPlaces(), ...connecting].map((name) => ({ name, path: `${this.base}/settings/${name}`, open }));
  }

  /** Those for people who are not signed in. */
  get entrances(): readonly Stop[] {
    const open = (page: Page) => page.locator('main button').first().waitFor();
    return [
      '/sign-in',
      '/sign-up',
      '/forgot-password',
      '/reset-password?token=none',
      '/verify-email?token=none',
      '/confirm-email?token=none',
      '/accept-invitation?token=none',
    ].map((path) => ({ name: path, path, open }));
  }

  /** Whatever Tab comes to can be seen, and whatever can be pressed is large enough to be. */
  async reachable(): Promise<void> {
    const { page } = this.person;
    const dashboard = new Dashboard(page, this.url);
    for (const { name, path, open } of this.stops) {
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(`${this.url}${path}`);
        await page.locator('h1, h2').first().waitFor();
        await open?.(page);
        await page.setViewportSize({ width, height: 740 });
        for (const wrong of await dashboard.violations('target-size'))
          this.wrong.push(`${name} at ${String(width)}: ${wrong}`);
        for (let step = 0; step < 45; step++) {
          await page.keyboard.press('Tab');
          if (await page.evaluate<boolean>(focusIsSeen)) continue;
          const what = await page.evaluate<string>('document.activeElement.outerHTML.slice(0, 140)');
          this.wrong.push(`${name} at ${String(width)}: the focus is hidden on ${what}`);
        }
        this.looked += 1;
      }
    }
  }
}
